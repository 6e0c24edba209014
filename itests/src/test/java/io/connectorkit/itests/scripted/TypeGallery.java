package io.connectorkit.itests.scripted;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** One column per Arrow type, each with two awkward values and a null; and the types that the host must refuse. */
public final class TypeGallery {

  /** Rows of the gallery: two values and a null. */
  public static final int ROWS = 3;

  private static final String TEXT = "a\0ž😀";
  private static final String HUGE = "99999999999999999999999999999999999999";

  /**
   * An accepted type.
   *
   * @param field the column
   * @param type its DuckDB type
   * @param values the two values as DuckDB writes them
   * @param filler sets the two values
   */
  public record Kind(Field field, String type, List<String> values, Consumer<FieldVector> filler) {}

  private final List<Kind> kinds = new ArrayList<>();

  private TypeGallery() {}

  /** The types that the host takes. */
  public static List<Kind> accepted() {
    TypeGallery gallery = new TypeGallery();
    gallery.numbers();
    gallery.texts();
    gallery.times();
    gallery.nested();
    return gallery.kinds;
  }

  static void fill(List<FieldVector> vectors) {
    List<Kind> kinds = accepted();
    for (int i = 0; i < kinds.size(); i++) {
      kinds.get(i).filler().accept(vectors.get(i));
      vectors.get(i).setValueCount(ROWS);
    }
  }

  private void add(String name, ArrowType type, String duckType, String one, String two, Consumer<FieldVector> filler) {
    add(Field.nullable(name, type), duckType, one, two, filler);
  }

  private void add(Field field, String duckType, String one, String two, Consumer<FieldVector> filler) {
    kinds.add(new Kind(field, duckType, List.of(one, two), filler));
  }

  private static ArrowType integer(int bits, boolean signed) {
    return new ArrowType.Int(bits, signed);
  }

  private void numbers() {
    add("int8", integer(8, true), "TINYINT", "-128", "127", v -> two((TinyIntVector) v, -128, 127));
    add("int16", integer(16, true), "SMALLINT", "-32768", "32767", v -> {
      ((SmallIntVector) v).setSafe(0, -32768);
      ((SmallIntVector) v).setSafe(1, 32767);
    });
    add("int32", integer(32, true), "INTEGER", "-2147483648", "2147483647", v -> {
      ((IntVector) v).setSafe(0, Integer.MIN_VALUE);
      ((IntVector) v).setSafe(1, Integer.MAX_VALUE);
    });
    add("int64", integer(64, true), "BIGINT", "-9223372036854775808", "9223372036854775807", v -> {
      ((BigIntVector) v).setSafe(0, Long.MIN_VALUE);
      ((BigIntVector) v).setSafe(1, Long.MAX_VALUE);
    });
    add("uint8", integer(8, false), "UTINYINT", "0", "255", v -> {
      ((UInt1Vector) v).setSafe(0, 0);
      ((UInt1Vector) v).setSafe(1, 255);
    });
    add("uint16", integer(16, false), "USMALLINT", "0", "65535", v -> {
      ((UInt2Vector) v).setSafe(0, 0);
      ((UInt2Vector) v).setSafe(1, 65535);
    });
    add("uint32", integer(32, false), "UINTEGER", "0", "4294967295", v -> {
      ((UInt4Vector) v).setSafe(0, 0);
      ((UInt4Vector) v).setSafe(1, -1);
    });
    add("uint64", integer(64, false), "UBIGINT", "0", "18446744073709551615", v -> {
      ((UInt8Vector) v).setSafe(0, 0L);
      ((UInt8Vector) v).setSafe(1, -1L);
    });
    add("float32", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), "FLOAT", "1e-45", "nan", v -> {
      ((Float4Vector) v).setSafe(0, Float.MIN_VALUE);
      ((Float4Vector) v).setSafe(1, Float.NaN);
    });
    add("float64", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), "DOUBLE", "5e-324", "-inf", v -> {
      ((Float8Vector) v).setSafe(0, Double.MIN_VALUE);
      ((Float8Vector) v).setSafe(1, Double.NEGATIVE_INFINITY);
    });
    add("decimal38", new ArrowType.Decimal(38, 0, 128), "DECIMAL(38,0)", HUGE, "-" + HUGE, v -> {
      ((DecimalVector) v).setSafe(0, new BigDecimal(HUGE));
      ((DecimalVector) v).setSafe(1, new BigDecimal("-" + HUGE));
    });
    add("decimal18_4", new ArrowType.Decimal(18, 4, 128), "DECIMAL(18,4)", "-123.4567", "0.0000", v -> {
      ((DecimalVector) v).setSafe(0, new BigDecimal("-123.4567"));
      ((DecimalVector) v).setSafe(1, new BigDecimal("0.0000"));
    });
    add("bool", ArrowType.Bool.INSTANCE, "BOOLEAN", "true", "false", v -> {
      ((BitVector) v).setSafe(0, 1);
      ((BitVector) v).setSafe(1, 0);
    });
  }

  private static void two(TinyIntVector vector, int first, int second) {
    vector.setSafe(0, first);
    vector.setSafe(1, second);
  }

  private void texts() {
    byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = {0, -1, 65, 10};
    String blob = "\\x00\\xFFA\\x0A";
    add("utf8", ArrowType.Utf8.INSTANCE, "VARCHAR", "", TEXT, v -> {
      ((VarCharVector) v).setSafe(0, new byte[0]);
      ((VarCharVector) v).setSafe(1, text);
    });
    add("large_utf8", ArrowType.LargeUtf8.INSTANCE, "VARCHAR", "", TEXT, v -> {
      ((LargeVarCharVector) v).setSafe(0, new byte[0]);
      ((LargeVarCharVector) v).setSafe(1, text);
    });
    add("binary", ArrowType.Binary.INSTANCE, "BLOB", "", blob, v -> {
      ((VarBinaryVector) v).setSafe(0, new byte[0]);
      ((VarBinaryVector) v).setSafe(1, bytes);
    });
    add("large_binary", ArrowType.LargeBinary.INSTANCE, "BLOB", "", blob, v -> {
      ((LargeVarBinaryVector) v).setSafe(0, new byte[0]);
      ((LargeVarBinaryVector) v).setSafe(1, bytes);
    });
    add("fixed_binary", new ArrowType.FixedSizeBinary(4), "BLOB", blob, blob, v -> {
      ((FixedSizeBinaryVector) v).setSafe(0, bytes);
      ((FixedSizeBinaryVector) v).setSafe(1, bytes);
    });
  }

  private void times() {
    add("date32", new ArrowType.Date(DateUnit.DAY), "DATE", "1969-12-31", "9999-12-31", v -> {
      ((DateDayVector) v).setSafe(0, -1);
      ((DateDayVector) v).setSafe(1, 2_932_896);
    });
    add("time_s", new ArrowType.Time(TimeUnit.SECOND, 32), "TIME", "00:00:00", "23:59:59", v -> {
      ((TimeSecVector) v).setSafe(0, 0);
      ((TimeSecVector) v).setSafe(1, 86_399);
    });
    add("time_ms", new ArrowType.Time(TimeUnit.MILLISECOND, 32), "TIME", "00:00:00.001", "23:59:59.999", v -> {
      ((TimeMilliVector) v).setSafe(0, 1);
      ((TimeMilliVector) v).setSafe(1, 86_399_999);
    });
    add("time_us", new ArrowType.Time(TimeUnit.MICROSECOND, 64), "TIME", "00:00:00.000001", "23:59:59.999999", v -> {
      ((TimeMicroVector) v).setSafe(0, 1L);
      ((TimeMicroVector) v).setSafe(1, 86_399_999_999L);
    });
    add("time_ns", new ArrowType.Time(TimeUnit.NANOSECOND, 64), "TIME_NS", "00:00:00.000000001", "23:59:59.999999999", v -> {
      ((TimeNanoVector) v).setSafe(0, 1L);
      ((TimeNanoVector) v).setSafe(1, 86_399_999_999_999L);
    });
    timestamp("ts_s", TimeUnit.SECOND, null, "TIMESTAMP", "1969-12-31 23:59:59", "1970-01-01 00:00:01");
    timestamp("ts_ms", TimeUnit.MILLISECOND, null, "TIMESTAMP", "1969-12-31 23:59:59.999", "1970-01-01 00:00:00.001");
    timestamp("ts_us", TimeUnit.MICROSECOND, null, "TIMESTAMP", "1969-12-31 23:59:59.999999", "1970-01-01 00:00:00.000001");
    timestamp("ts_ns", TimeUnit.NANOSECOND, null, "TIMESTAMP_NS", "1969-12-31 23:59:59.999999999", "1970-01-01 00:00:00.000000001");
    timestamp("tz_s", TimeUnit.SECOND, "UTC", "TIMESTAMP WITH TIME ZONE", "1969-12-31 23:59:59+00", "1970-01-01 00:00:01+00");
    timestamp("tz_us", TimeUnit.MICROSECOND, "Europe/Prague", "TIMESTAMP WITH TIME ZONE", "1969-12-31 23:59:59.999999+00",
        "1970-01-01 00:00:00.000001+00");
    add("duration_s", new ArrowType.Duration(TimeUnit.SECOND), "INTERVAL", "00:00:00", "23:59:59", v -> {
      ((DurationVector) v).setSafe(0, 0L);
      ((DurationVector) v).setSafe(1, 86_399L);
    });
    add("interval_months", new ArrowType.Interval(IntervalUnit.YEAR_MONTH), "INTERVAL", "1 year 2 months", "1 month", v -> {
      ((IntervalYearVector) v).setSafe(0, 14);
      ((IntervalYearVector) v).setSafe(1, 1);
    });
  }

  private void timestamp(String name, TimeUnit unit, String zone, String type, String one, String two) {
    add(name, new ArrowType.Timestamp(unit, zone), type, one, two, v -> {
      ((TimeStampVector) v).setSafe(0, -1L);
      ((TimeStampVector) v).setSafe(1, 1L);
    });
  }

  private void nested() {
    Field number = Field.nullable("n", integer(32, true));
    Field text = Field.nullable("t", ArrowType.Utf8.INSTANCE);
    add(new Field("list", FieldType.nullable(ArrowType.List.INSTANCE), List.of(number)), "INTEGER[]", "[]", "[1, NULL]", v -> {
      ListVector list = (ListVector) v;
      list.startNewValue(0);
      list.endValue(0, 0);
      int start = list.startNewValue(1);
      ((IntVector) list.getDataVector()).setSafe(start, 1);
      ((IntVector) list.getDataVector()).setNull(start + 1);
      list.endValue(1, 2);
    });
    add(new Field("pair", FieldType.nullable(new ArrowType.FixedSizeList(2)), List.of(number)), "INTEGER[]", "[1, 2]", "[3, 4]", v -> {
      FixedSizeListVector pair = (FixedSizeListVector) v;
      for (int i = 0; i < 4; i++) {
        ((IntVector) pair.getDataVector()).setSafe(i, i + 1);
      }
      pair.setNotNull(0);
      pair.setNotNull(1);
    });
    add(new Field("struct", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(number, text)), "STRUCT(n INTEGER, t VARCHAR)",
        "{'n': 1, 't': NULL}", "{'n': NULL, 't': two}", v -> {
      StructVector struct = (StructVector) v;
      struct.getChild("n", IntVector.class).setSafe(0, 1);
      struct.getChild("t", VarCharVector.class).setSafe(1, "two".getBytes(StandardCharsets.UTF_8));
      struct.setIndexDefined(0);
      struct.setIndexDefined(1);
    });
    Field entries = new Field("entries", FieldType.notNullable(ArrowType.Struct.INSTANCE),
        List.of(Field.notNullable("key", ArrowType.Utf8.INSTANCE), Field.nullable("value", integer(32, true))));
    add(new Field("map", FieldType.nullable(new ArrowType.Map(false)), List.of(entries)), "MAP(VARCHAR, INTEGER)", "{}", "{a=1}", v -> {
      MapVector map = (MapVector) v;
      StructVector entry = (StructVector) map.getDataVector();
      map.startNewValue(0);
      map.endValue(0, 0);
      int start = map.startNewValue(1);
      entry.getChild("key", VarCharVector.class).setSafe(start, "a".getBytes(StandardCharsets.UTF_8));
      entry.getChild("value", IntVector.class).setSafe(start, 1);
      entry.setIndexDefined(start);
      map.endValue(1, 1);
    });
  }

  /** The types that the host must refuse, by a name for the script. */
  public static Map<String, Field> refused() {
    Map<String, ArrowType> types = new LinkedHashMap<>();
    types.put("float16", new ArrowType.FloatingPoint(FloatingPointPrecision.HALF));
    types.put("decimal256", new ArrowType.Decimal(76, 10, 256));
    types.put("negative_scale", new ArrowType.Decimal(10, -2, 128));
    types.put("date64", new ArrowType.Date(DateUnit.MILLISECOND));
    types.put("interval_day_time", new ArrowType.Interval(IntervalUnit.DAY_TIME));
    types.put("interval_month_day_nano", new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO));
    types.put("duration_us", new ArrowType.Duration(TimeUnit.MICROSECOND));
    types.put("duration_ns", new ArrowType.Duration(TimeUnit.NANOSECOND));
    Map<String, Field> fields = new LinkedHashMap<>();
    types.forEach((name, type) -> fields.put(name, Field.nullable("refused_" + name, type)));
    fields.put("dense_union", new Field("refused_dense_union", FieldType.nullable(new ArrowType.Union(UnionMode.Dense, new int[] {0})),
        List.of(Field.nullable("number", integer(32, true)))));
    fields.put("nested_float16", new Field("refused_nested_float16", FieldType.nullable(ArrowType.List.INSTANCE),
        List.of(Field.nullable("item", types.get("float16")))));
    return fields;
  }
}
