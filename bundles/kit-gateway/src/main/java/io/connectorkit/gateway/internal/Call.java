package io.connectorkit.gateway.internal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.connectorkit.host.KitException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request on its way to the handler of its route. */
final class Call {

  private static final int MAX_BODY = 1 << 20;

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Map<String, String> path;
  private final Map<String, String> query;
  private final Caller caller;

  Call(HttpServletRequest request, HttpServletResponse response, Map<String, String> path, Caller caller) {
    this.request = request;
    this.response = response;
    this.path = path;
    this.query = parse(request.getQueryString());
    this.caller = caller;
  }

  private static Map<String, String> parse(String query) {
    Map<String, String> values = new LinkedHashMap<>();
    if (query != null && !query.isEmpty()) {
      Arrays.stream(query.split("&")).forEach(pair -> {
        int equals = pair.indexOf('=');
        values.put(decode(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      });
    }
    return values;
  }

  /** A part of a URL as it is meant. */
  static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new KitException("KIT-6003", "the address is not encoded as URLs are", e);
    }
  }

  /** The value of a segment of the path. */
  String path(String name) {
    return path.get(name);
  }

  /** A value of the query; empty if it is not given. */
  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  /** A value of the query that must be given. */
  String required(String name) {
    return query(name).orElseThrow(() -> new KitException("KIT-6003", "the query needs a value '" + name + "'"));
  }

  /** A whole number of the query. */
  int number(String name, int least, int most, int fallback) {
    Optional<String> value = query(name);
    try {
      int number = value.isEmpty() ? fallback : Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new KitException("KIT-6003", "'" + name + "' must be a whole number from " + least + " to " + most, e);
    }
    throw new KitException("KIT-6003", "'" + name + "' must be a whole number from " + least + " to " + most);
  }

  /** A yes or no of the query. */
  boolean flag(String name) {
    return query(name).filter("true"::equals).isPresent();
  }

  /** The body as a record; parts that are not given are null, 0 or false. */
  <T> T body(Class<T> type) throws IOException {
    byte[] bytes = request.getInputStream().readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw new KitException("KIT-6014", "the body is larger than " + MAX_BODY + " bytes");
    }
    try {
      T value = bytes.length == 0 ? null : Reply.json().readValue(bytes, type);
      if (value == null) {
        throw new KitException("KIT-6003", "the body is empty and must be a JSON object");
      }
      requireParts(value);
      return value;
    } catch (JsonMappingException e) {
      String where = e.getPath().stream().map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName()).reduce("",
          (one, next) -> one.isEmpty() ? next : one + "." + next);
      throw new KitException("KIT-6003", "the body does not fit: "
          + (where.isEmpty() ? "it must be a JSON object" : "'" + where + "' is unknown or of another type"), e);
    } catch (JacksonException e) {
      throw new KitException("KIT-6003", "the body is no JSON", e);
    }
  }

  private static void requireParts(Object value) {
    for (RecordComponent part : value.getClass().getRecordComponents()) {
      if (!part.isAnnotationPresent(MayBeNull.class) && Reply.json().valueToTree(value).path(part.getName()).isNull()) {
        throw new KitException("KIT-6003", "the body needs '" + part.getName() + "'");
      }
    }
  }

  /** The body as it comes. */
  InputStream body() throws IOException {
    return request.getInputStream();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  Caller caller() {
    return caller;
  }

  /** For answers that are no JSON value. */
  HttpServletResponse response() {
    return response;
  }
}
