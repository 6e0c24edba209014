package io.connectorkit.connector.jira;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.jr.ob.JSON;
import io.connectorkit.api.ConnectorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** JSON as maps and lists, and as the text that stands in columns. */
final class Json {

  /** With a space behind each comma and colon, ASCII only. */
  private static final JSON TEXT = JSON.builder(JsonFactory.builder().configure(JsonWriteFeature.ESCAPE_NON_ASCII, true)
      .configure(JsonWriteFeature.WRITE_HEX_UPPER_CASE, false).build()).enable(JSON.Feature.WRITE_NULL_PROPERTIES).build().with(new Spaced());
  private static final JSON EVENTS = JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Json() {}

  private static final class Spaced extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator generator) throws IOException {
      generator.writeRaw(": ");
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator generator) throws IOException {
      generator.writeRaw(", ");
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator generator) throws IOException {
      generator.writeRaw(", ");
    }
  }

  /** The value at a path, keys with dots between them; null if it is not there. */
  static Object at(Object value, String path) {
    Object here = value;
    for (String key : path.split("\\.")) {
      here = here instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return here;
  }

  /**
   * The objects of a list; none if it is not there.
   *
   * @throws ConnectorException if it is something else: that is not the same as nothing
   */
  static List<Map<String, Object>> objects(Object list) {
    return list == null ? List.of() : list instanceof List<?> values ? values.stream().map(Json::object).toList() : refuse(list, "a list");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return value instanceof Map ? (Map<String, Object>) value : refuse(value, "an object");
  }

  private static <T> T refuse(Object value, String wanted) {
    String shown = String.valueOf(value);
    throw ConnectorException.permanent("Jira gave " + (shown.length() > 50 ? shown.substring(0, 50) + "…" : shown) + " where " + wanted
        + " has to be", null);
  }

  static String text(Object value) {
    try {
      return TEXT.asString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An object in bytes from outside. */
  static Map<String, Object> parsed(byte[] bytes) {
    try {
      return EVENTS.mapFrom(bytes);
    } catch (IOException e) {
      throw ConnectorException.permanent("the event is no JSON object", e);
    }
  }
}
