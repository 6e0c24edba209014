package io.connectorkit.api.internal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The Java value that an Arrow vector holds in a place, exactly. */
final class JavaValue {

  private JavaValue() {}

  static Object of(FieldVector vector, int index) {
    if (vector.isNull(index)) {
      return null;
    }
    if (vector instanceof VarCharVector text) {
      return new String(text.get(index), StandardCharsets.UTF_8);
    }
    if (vector instanceof UInt8Vector number) {
      return new BigInteger(Long.toUnsignedString(number.get(index)));
    }
    if (vector instanceof BaseIntVector number) {
      return number.getValueAsLong(index);
    }
    if (vector instanceof BitVector bit) {
      return bit.get(index) == 1;
    }
    if (vector instanceof DateDayVector days) {
      return LocalDate.ofEpochDay(days.get(index));
    }
    if (vector instanceof TimeMicroVector micros) {
      return LocalTime.ofNanoOfDay(micros.get(index) * 1_000);
    }
    if (vector instanceof TimeStampVector timestamp) {
      return timestamp(timestamp, index);
    }
    if (vector instanceof MapVector map) {
      return map(map, index);
    }
    if (vector instanceof ListVector list) {
      return list(list, index);
    }
    // Floating-point numbers, decimals and bytes come as they are wanted.
    return vector instanceof StructVector struct ? struct(struct, index) : vector.getObject(index);
  }

  private static Object timestamp(TimeStampVector vector, int index) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
    long perSecond = switch (type.getUnit()) {
      case SECOND -> 1L;
      case MILLISECOND -> 1_000L;
      case MICROSECOND -> 1_000_000L;
      case NANOSECOND -> 1_000_000_000L;
    };
    long value = vector.get(index);
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond));
    return type.getTimezone() == null ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : instant;
  }

  private static List<Object> list(ListVector vector, int index) {
    List<Object> items = new ArrayList<>();
    for (int i = vector.getElementStartIndex(index); i < vector.getElementEndIndex(index); i++) {
      items.add(of(vector.getDataVector(), i));
    }
    return items;
  }

  private static Map<Object, Object> map(MapVector vector, int index) {
    List<FieldVector> entries = ((StructVector) vector.getDataVector()).getChildrenFromFields();
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = vector.getElementStartIndex(index); i < vector.getElementEndIndex(index); i++) {
      map.put(of(entries.get(0), i), of(entries.get(1), i));
    }
    return map;
  }

  private static Map<String, Object> struct(StructVector vector, int index) {
    Map<String, Object> fields = new LinkedHashMap<>();
    vector.getChildrenFromFields().forEach(child -> fields.put(child.getName(), of(child, index)));
    return fields;
  }
}
