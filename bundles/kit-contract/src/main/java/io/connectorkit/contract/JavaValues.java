package io.connectorkit.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.Text;

/** Java values for the contents of Arrow vectors, equal when the contents are. */
final class JavaValues {

  private JavaValues() {}

  static List<List<Object>> rows(VectorSchemaRoot batch) {
    return rows(batch, batch.getRowCount());
  }

  /** The first rows. */
  static List<List<Object>> rows(VectorSchemaRoot batch, int count) {
    List<List<Object>> rows = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      Object[] values = new Object[batch.getFieldVectors().size()];
      for (int column = 0; column < values.length; column++) {
        values[column] = value(batch.getVector(column), row);
      }
      rows.add(Arrays.asList(values));
    }
    return rows;
  }

  private static Object value(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof DateDayVector days) {
      return LocalDate.ofEpochDay(days.get(row));
    }
    if (vector instanceof TimeStampMicroTZVector micros) {
      return Instant.EPOCH.plus(micros.get(row), ChronoUnit.MICROS);
    }
    if (vector instanceof TimeMicroVector micros) {
      return LocalTime.ofNanoOfDay(micros.get(row) * 1000);
    }
    return plain(vector.getObject(row));
  }

  private static Object plain(Object value) {
    if (value instanceof Text text) {
      return text.toString();
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(JavaValues::plain).collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item)));
      return copy;
    }
    return value;
  }
}
