package io.connectorkit.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the records out of a JSON document, and single values beside them, as it passes by: what is not asked for is never held. Only the end
 * of the document, and not that of the records, is the end: a document that breaks off is an error.
 */
final class JsonRecords {

  private static final int NAMED = 20;

  private final JsonParser parser;
  private final String wanted;
  private final boolean optional;
  private final Set<String> beside;
  private final Map<String, Object> values = new HashMap<>();
  /** Of each open object the field that was read last. */
  private final Deque<String> path = new ArrayDeque<>();
  /** How far the way to the records goes, and what is there instead of them. */
  private String reached = "";
  private String there = "nothing";
  private final List<String> names = new ArrayList<>();
  private boolean inside;
  private boolean found;
  private boolean over;
  private long count;

  /**
   * Begins.
   *
   * @param wanted path of the list of records; empty if the document is it; with a question mark behind it, if it may be left out
   * @param beside paths of single values
   */
  JsonRecords(JsonParser parser, String wanted, Set<String> beside) {
    this.parser = parser;
    this.optional = wanted.endsWith("?");
    this.wanted = optional ? wanted.substring(0, wanted.length() - 1) : wanted;
    this.beside = beside;
  }

  /** The next records, at most so many; fewer only if the document is over. */
  List<Map<String, Object>> next(int most) throws IOException {
    List<Map<String, Object>> records = new ArrayList<>();
    while (!over && records.size() < most) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        over = true;
        requireFound();
      } else if (inside) {
        record(token, records);
      } else {
        look(token);
      }
    }
    return records;
  }

  private void requireFound() throws BadAnswer {
    boolean leftOut = there.equals("an object") && reached.equals(wanted.substring(0, Math.max(0, wanted.lastIndexOf('.'))));
    if (!found && !(optional && leftOut)) {
      String instead = there.equals("an object") ? "an object with " + names : there;
      throw new BadAnswer((wanted.isEmpty() ? "has no list" : "has no '" + wanted + "'") + "; "
          + (reached.isEmpty() ? "it" : "'" + reached + "'") + " is " + instead, false);
    }
  }

  private void record(JsonToken token, List<Map<String, Object>> records) throws IOException {
    if (token == JsonToken.END_ARRAY) {
      inside = false;
      return;
    }
    count++;
    if (token != JsonToken.START_OBJECT) {
      throw new BadAnswer("has " + kind(token) + " as record " + count + (wanted.isEmpty() ? "" : " of '" + wanted + "'")
          + ", where an object has to be", false);
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> record = (Map<String, Object>) JsonValues.read(parser);
    records.add(record);
  }

  private void look(JsonToken token) throws IOException {
    if (token == JsonToken.END_OBJECT) {
      path.removeLast();
      return;
    }
    if (token == JsonToken.FIELD_NAME) {
      path.removeLast();
      if (String.join(".", path).equals(reached) && names.size() < NAMED) {
        names.add(parser.currentName());
      }
      path.addLast(parser.currentName());
      return;
    }
    String here = String.join(".", path);
    if (here.equals(wanted) || leadsTo(wanted, here)) {
      reached = here;
      there = kind(token);
      names.clear();
    }
    if (here.equals(wanted) && (token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL)) {
      // Null is how some sources write an empty list.
      found = true;
      inside = token == JsonToken.START_ARRAY;
    } else if (beside.contains(here)) {
      values.put(here, token.isStructStart() ? kind(token) : JsonValues.read(parser));
      parser.skipChildren();
    } else if (token == JsonToken.START_OBJECT && (here.equals(wanted) || leadsTo(wanted, here) || beside.stream().anyMatch(each -> leadsTo(each, here)))) {
      path.addLast("");
    } else {
      parser.skipChildren();
    }
  }

  private static boolean leadsTo(String goal, String here) {
    return here.isEmpty() ? !goal.isEmpty() : goal.startsWith(here + ".");
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "a number";
    };
  }

  /** Whether the document has been read to its end. */
  boolean over() {
    return over;
  }

  /** A value beside the records, once the document is over; null if it was null or not there. */
  Object value(String at) {
    return values.get(at);
  }
}
