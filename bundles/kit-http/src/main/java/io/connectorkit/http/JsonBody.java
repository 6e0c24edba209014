package io.connectorkit.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Looks into JSON that somebody sent, without building it. */
public final class JsonBody {

  private JsonBody() {}

  /**
   * Reads a body to its end.
   *
   * @param field a field of the outermost object
   * @return the field's text, or its number as text; empty if it is absent or neither
   * @throws IOException if the body is not one JSON value in UTF-8, or is nested beyond all reason; the message quotes nothing of it
   */
  public static Optional<String> field(byte[] body, String field) throws IOException {
    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    Optional<String> found = Optional.empty();
    try (JsonParser parser = JsonValues.FACTORY.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new IOException("is empty");
      }
      int depth = 0;
      for (JsonToken token = first; token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 1 && token == JsonToken.FIELD_NAME && parser.currentName().equals(field)) {
          JsonToken value = parser.nextToken();
          depth += value != null && value.isStructStart() ? 1 : 0;
          found = value != null && (value == JsonToken.VALUE_STRING || value.isNumeric()) ? Optional.of(parser.getText()) : Optional.empty();
        }
        if (depth == 0 && parser.nextToken() != null) {
          throw new IOException("goes on behind its end");
        }
      }
    } catch (JacksonException e) {
      throw new IOException("breaks off, is malformed or nested too deeply", e);
    }
    return found;
  }
}
