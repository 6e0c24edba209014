package io.connectorkit.connector.jdk;

import static io.connectorkit.api.Types.bool;
import static io.connectorkit.api.Types.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/** Character encodings. */
final class Charsets {

  static final ReferenceTable<Charset> TABLE = ReferenceTable.of("charsets", "Character encodings that the JDK can read",
          () -> Charset.availableCharsets().values().stream().sorted(Comparator.comparing(Charset::name)), "name")
      .column("name", text(), "Canonical name, such as UTF-8", Charset::name)
      .texts("aliases", "Other names, sorted", charset -> charset.aliases().stream().sorted().toList())
      .column("can_encode", bool(), "Can also be written", Charset::canEncode)
      .column("registered", bool(), "Registered with IANA", Charset::isRegistered)
      .column("contains_ascii", bool(), "Can hold all of ASCII", charset -> charset.contains(StandardCharsets.US_ASCII))
      .build();

  private Charsets() {}
}
