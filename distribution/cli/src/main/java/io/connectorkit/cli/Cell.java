package io.connectorkit.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/**
 * One value of a query's result, exactly as the host wrote it: no number passes through a type that could round it.
 *
 * @param text the text; or a number, boolean, list or object in JSON; null for SQL's NULL
 * @param quoted whether it is text
 */
record Cell(String text, boolean quoted) {

  static final Cell NULL = new Cell(null, false);

  /** Reads the value at which {@code parser} stands. */
  static Cell read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return NULL;
    }
    if (token.isScalarValue()) {
      return new Cell(parser.getText(), token == JsonToken.VALUE_STRING);
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = parser.getCodec().getFactory().createGenerator(text)) {
      generator.copyCurrentStructureExact(parser);
    }
    return new Cell(text.toString(), false);
  }

  boolean isNull() {
    return text == null;
  }
}
