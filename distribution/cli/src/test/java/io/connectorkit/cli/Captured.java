package io.connectorkit.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A console whose output a test reads. */
final class Captured {

  private final ByteArrayOutputStream results = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final Console console = new Console(results, messages, false);

  Console console() {
    return console;
  }

  String results() {
    console.flush();
    return results.toString(StandardCharsets.UTF_8);
  }

  String messages() {
    return messages.toString(StandardCharsets.UTF_8);
  }
}
