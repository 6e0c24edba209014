package io.connectorkit.contract;

import io.connectorkit.api.BatchSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/** What one read gave. */
final class Rows {

  final List<List<Object>> rows = new ArrayList<>();
  /** What is odd about the batches themselves. */
  final List<String> flaws = new ArrayList<>();
  /** Columns as delivered; null if there was no answer. */
  List<Field> columns;
  /** Whether the end was reached, and no limit before. */
  boolean complete;
  BatchSource source;
  /** What ended it too early; null if nothing did. */
  Throwable failure;
  /** Whether it was given up, since nothing came. */
  boolean late;
  /** Arrow memory that was not given back, in the allocator's words; empty if all was. */
  String leak = "";

  boolean sound() {
    return failure == null;
  }

  List<String> names() {
    return columns.stream().map(Field::getName).toList();
  }

  /** The same rows with some of the columns, in that order. */
  List<List<Object>> only(List<String> wanted) {
    List<Integer> places = wanted.stream().map(names()::indexOf).toList();
    return rows.stream().map(row -> {
      List<Object> part = new ArrayList<>();
      places.forEach(place -> part.add(row.get(place)));
      return part;
    }).toList();
  }

  /** A row that the first list has more often than the second one, in whatever order they are. */
  static Optional<List<Object>> missing(List<List<Object>> wanted, List<List<Object>> there) {
    Map<List<Object>, Integer> count = new HashMap<>();
    there.forEach(row -> count.merge(row, 1, Integer::sum));
    return wanted.stream().filter(row -> count.merge(row, -1, Integer::sum) < 0).findFirst();
  }

  /** What tells two lists apart; empty if they hold the same rows. */
  static Optional<String> difference(List<List<Object>> one, List<List<Object>> other) {
    return missing(one, other).map(row -> "row " + Words.row(row) + " is missing")
        .or(() -> missing(other, one).map(row -> "row " + Words.row(row) + " is one too many"));
  }
}
