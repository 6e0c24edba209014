package io.connectorkit.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Results go to standard output, everything else to standard error: both in UTF-8, whatever the locale says. */
final class Console implements AutoCloseable {

  private final Writer results;
  private final PrintStream messages;
  private final boolean terminal;

  Console(OutputStream results, OutputStream messages, boolean terminal) {
    this.results = new ResultWriter(results);
    this.messages = new PrintStream(messages, true, StandardCharsets.UTF_8);
    this.terminal = terminal;
  }

  /** The console of this process. From here on what a library prints to System.out is a message and no result. */
  static Console ofProcess() {
    Console console = new Console(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err),
        Boolean.getBoolean("kit.terminal"));
    System.setOut(console.messages);
    return console;
  }

  /** Whether messages are read by a person as they come. */
  boolean isTerminal() {
    return terminal;
  }

  PrintStream messages() {
    return messages;
  }

  /** Fails with {@link OutputClosed}, and never with an IOException, when the reader has gone. */
  Writer results() {
    return results;
  }

  void print(String line) {
    try {
      results.write(line);
      results.write('\n');
    } catch (IOException e) {
      throw new OutputClosed(e);
    }
  }

  void say(String message) {
    messages.println(message);
  }

  void flush() {
    try {
      results.flush();
    } catch (IOException e) {
      throw new OutputClosed(e);
    }
  }

  @Override
  public void close() {
    flush();
    messages.flush();
  }
}
