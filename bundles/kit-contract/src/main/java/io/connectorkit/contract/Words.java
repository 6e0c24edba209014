package io.connectorkit.contract;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** How messages put things. */
final class Words {

  private static final int LONGEST = 60;

  private Words() {}

  /** On one line, and short. */
  static String quoted(Object value) {
    String line = String.valueOf(value).replaceAll("[\\p{Cntrl}\\s]+", " ");
    return "'" + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + "'";
  }

  static String row(List<Object> row) {
    return quoted(row);
  }

  /** Name and type of each column. */
  static String columns(List<Field> fields) {
    return fields.stream().map(field -> field.getName() + " " + field.getType()
        + (field.getChildren().isEmpty() ? "" : columns(field.getChildren()))).toList().toString();
  }

  /** An exception with its kind, on one line. */
  static String failure(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).replaceAll("[\\p{Cntrl}\\s]+", " ");
    return failure.getClass().getSimpleName() + ": " + (message.length() > 300 ? message.substring(0, 300) + "…" : message);
  }
}
