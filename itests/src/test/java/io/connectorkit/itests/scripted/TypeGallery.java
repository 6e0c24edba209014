package io.connectorkit.itests.scripted;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** One column per Arrow type, each with two awkward values and a null; and the types that the host must refuse. {@link CastGallery} has those that are cast. */
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
   * @param cast the cast in words, as the host notes it; empty if the values are stored as they are
   * @param values the two values as DuckDB writes them
   * @param filler sets the two values, the first at the row given
   */
  public record Kind(Field field, String type, String cast, List<String> values, ObjIntConsumer<FieldVector> filler) {}

  private final List<Kind> kinds = new ArrayList<>();

  private TypeGallery() {}

  /** The types that the host takes. */
  public static List<Kind> accepted() {
    TypeGallery gallery = new TypeGallery();
    gallery.numbers();
    gallery.texts();
    gallery.times();
    gallery.nested();
    gallery.kinds.addAll(CastGallery.kinds());
    return gallery.kinds;
  }

  /** Fills a column with its two values and a null, over and over. */
  static void fill(Kind kind, FieldVector vector, int rows) {
    for (int at = 0; at < rows; at += ROWS) {
      kind.filler().accept(vector, at);
    }
    vector.setValueCount(rows);
  }

  private void add(String name, ArrowType type, String duckType, String one, String two, ObjIntConsumer<FieldVector> filler) {
    add(Field.nullable(name, type), duckType, one, two, filler);
  }

  private void add(Field field, String duckType, String one, String two, ObjIntConsumer<FieldVector> filler) {
    kinds.add(new Kind(field, duckType, "", List.of(one, two), filler));
  }

  private static ArrowType integer(int bits, boolean signed) {
    return new ArrowType.Int(bits, signed);
  }

  private void numbers() {
    add("int8", integer(8, true), "TINYINT", "-128", "127", (v, at) -> {
      ((TinyIntVector) v).setSafe(at, -128);
      ((TinyIntVector) v).setSafe(at + 1, 127);
    });
    add("int16", integer(16, true), "SMALLINT", "-32768", "32767", (v, at) -> {
      ((SmallIntVector) v).setSafe(at, -32768);
      ((SmallIntVector) v).setSafe(at + 1, 32767);
    });
    add("int32", integer(32, true), "INTEGER", "-2147483648", "2147483647", (v, at) -> {
      ((IntVector) v).setSafe(at, Integer.MIN_VALUE);
      ((IntVector) v).setSafe(at + 1, Integer.MAX_VALUE);
    });
    add("int64", integer(64, true), "BIGINT", "-9223372036854775808", "9223372036854775807", (v, at) -> {
      ((BigIntVector) v).setSafe(at, Long.MIN_VALUE);
      ((BigIntVector) v).setSafe(at + 1, Long.MAX_VALUE);
    });
    add("uint8", integer(8, false), "UTINYINT", "0", "255", (v, at) -> {
      ((UInt1Vector) v).setSafe(at, 0);
      ((UInt1Vector) v).setSafe(at + 1, 255);
    });
    add("uint16", integer(16, false), "USMALLINT", "0", "65535", (v, at) -> {
      ((UInt2Vector) v).setSafe(at, 0);
      ((UInt2Vector) v).setSafe(at + 1, 65535);
    });
    add("uint32", integer(32, false), "UINTEGER", "0", "4294967295", (v, at) -> {
      ((UInt4Vector) v).setSafe(at, 0);
      ((UInt4Vector) v).setSafe(at + 1, -1);
    });
    add("uint64", integer(64, false), "UBIGINT", "0", "18446744073709551615", (v, at) -> {
      ((UInt8Vector) v).setSafe(at, 0L);
      ((UInt8Vector) v).setSafe(at + 1, -1L);
    });
    add("float32", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), "FLOAT", "1e-45", "nan", (v, at) -> {
      ((Float4Vector) v).setSafe(at, Float.MIN_VALUE);
      ((Float4Vector) v).setSafe(at + 1, Float.NaN);
    });
    add("float64", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), "DOUBLE", "5e-324", "-inf", (v, at) -> {
      ((Float8Vector) v).setSafe(at, Double.MIN_VALUE);
      ((Float8Vector) v).setSafe(at + 1, Double.NEGATIVE_INFINITY);
    });
    add("decimal38", new ArrowType.Decimal(38, 0, 128), "DECIMAL(38,0)", HUGE, "-" + HUGE, (v, at) -> {
      ((DecimalVector) v).setSafe(at, new BigDecimal(HUGE));
      ((DecimalVector) v).setSafe(at + 1, new BigDecimal("-" + HUGE));
    });
    add("decimal18_4", new ArrowType.Decimal(18, 4, 128), "DECIMAL(18,4)", "-123.4567", "0.0000", (v, at) -> {
      ((DecimalVector) v).setSafe(at, new BigDecimal("-123.4567"));
      ((DecimalVector) v).setSafe(at + 1, new BigDecimal("0.0000"));
    });
    add("bool", ArrowType.Bool.INSTANCE, "BOOLEAN", "true", "false", (v, at) -> {
      ((BitVector) v).setSafe(at, 1);
      ((BitVector) v).setSafe(at + 1, 0);
    });
  }

  private void texts() {
    byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = {0, -1, 65, 10};
    String blob = "\\x00\\xFFA\\x0A";
    add("utf8", ArrowType.Utf8.INSTANCE, "VARCHAR", "", TEXT, (v, at) -> {
      ((VarCharVector) v).setSafe(at, new byte[0]);
      ((VarCharVector) v).setSafe(at + 1, text);
    });
    add("large_utf8", ArrowType.LargeUtf8.INSTANCE, "VARCHAR", "", TEXT, (v, at) -> {
      ((LargeVarCharVector) v).setSafe(at, new byte[0]);
      ((LargeVarCharVector) v).setSafe(at + 1, text);
    });
    add("utf8_view", ArrowType.Utf8View.INSTANCE, "VARCHAR", "", TEXT + TEXT, (v, at) -> {
      ((ViewVarCharVector) v).setSafe(at, new byte[0]);
      ((ViewVarCharVector) v).setSafe(at + 1, (TEXT + TEXT).getBytes(StandardCharsets.UTF_8));
    });
    add("binary_view", ArrowType.BinaryView.INSTANCE, "BLOB", "", blob, (v, at) -> {
      ((ViewVarBinaryVector) v).setSafe(at, new byte[0]);
      ((ViewVarBinaryVector) v).setSafe(at + 1, bytes);
    });
    add(extension("uuid", new ArrowType.FixedSizeBinary(16)), "UUID", "00010203-0405-0607-0809-0a0b0c0d0e0f",
        "00010203-0405-0607-0809-0a0b0c0d0e0f", (v, at) -> {
          byte[] uuid = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
          ((FixedSizeBinaryVector) v).setSafe(at, uuid);
          ((FixedSizeBinaryVector) v).setSafe(at + 1, uuid);
        });
    add(extension("json", ArrowType.Utf8.INSTANCE), "JSON", "{\"a\":1}", "[]", (v, at) -> {
      ((VarCharVector) v).setSafe(at, "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
      ((VarCharVector) v).setSafe(at + 1, "[]".getBytes(StandardCharsets.UTF_8));
    });
    add("binary", ArrowType.Binary.INSTANCE, "BLOB", "", blob, (v, at) -> {
      ((VarBinaryVector) v).setSafe(at, new byte[0]);
      ((VarBinaryVector) v).setSafe(at + 1, bytes);
    });
    add("large_binary", ArrowType.LargeBinary.INSTANCE, "BLOB", "", blob, (v, at) -> {
      ((LargeVarBinaryVector) v).setSafe(at, new byte[0]);
      ((LargeVarBinaryVector) v).setSafe(at + 1, bytes);
    });
    add("fixed_binary", new ArrowType.FixedSizeBinary(4), "BLOB", blob, blob, (v, at) -> {
      ((FixedSizeBinaryVector) v).setSafe(at, bytes);
      ((FixedSizeBinaryVector) v).setSafe(at + 1, bytes);
    });
  }

  private static Field extension(String name, ArrowType storage) {
    return new Field(name, new FieldType(true, storage, null, Map.of("ARROW:extension:name", "arrow." + name)), List.of());
  }

  private void times() {
    add("date32", new ArrowType.Date(DateUnit.DAY), "DATE", "1969-12-31", "9999-12-31", (v, at) -> {
      ((DateDayVector) v).setSafe(at, -1);
      ((DateDayVector) v).setSafe(at + 1, 2_932_896);
    });
    add("time_s", new ArrowType.Time(TimeUnit.SECOND, 32), "TIME", "00:00:00", "23:59:59", (v, at) -> {
      ((TimeSecVector) v).setSafe(at, 0);
      ((TimeSecVector) v).setSafe(at + 1, 86_399);
    });
    add("time_ms", new ArrowType.Time(TimeUnit.MILLISECOND, 32), "TIME", "00:00:00.001", "23:59:59.999", (v, at) -> {
      ((TimeMilliVector) v).setSafe(at, 1);
      ((TimeMilliVector) v).setSafe(at + 1, 86_399_999);
    });
    add("time_us", new ArrowType.Time(TimeUnit.MICROSECOND, 64), "TIME", "00:00:00.000001", "23:59:59.999999", (v, at) -> {
      ((TimeMicroVector) v).setSafe(at, 1L);
      ((TimeMicroVector) v).setSafe(at + 1, 86_399_999_999L);
    });
    timestamp("ts_s", TimeUnit.SECOND, null, "TIMESTAMP", "1969-12-31 23:59:59", "1970-01-01 00:00:01");
    timestamp("ts_ms", TimeUnit.MILLISECOND, null, "TIMESTAMP", "1969-12-31 23:59:59.999", "1970-01-01 00:00:00.001");
    timestamp("ts_us", TimeUnit.MICROSECOND, null, "TIMESTAMP", "1969-12-31 23:59:59.999999", "1970-01-01 00:00:00.000001");
    timestamp("ts_ns", TimeUnit.NANOSECOND, null, "TIMESTAMP_NS", "1969-12-31 23:59:59.999999999", "1970-01-01 00:00:00.000000001");
    timestamp("tz_s", TimeUnit.SECOND, "UTC", "TIMESTAMP WITH TIME ZONE", "1969-12-31 23:59:59+00", "1970-01-01 00:00:01+00");
    timestamp("tz_ms", TimeUnit.MILLISECOND, "+05:30", "TIMESTAMP WITH TIME ZONE", "1969-12-31 23:59:59.999+00", "1970-01-01 00:00:00.001+00");
    timestamp("tz_us", TimeUnit.MICROSECOND, "Europe/Prague", "TIMESTAMP WITH TIME ZONE", "1969-12-31 23:59:59.999999+00",
        "1970-01-01 00:00:00.000001+00");
  }

  private void timestamp(String name, TimeUnit unit, String zone, String type, String one, String two) {
    add(name, new ArrowType.Timestamp(unit, zone), type, one, two, (v, at) -> {
      ((TimeStampVector) v).setSafe(at, -1L);
      ((TimeStampVector) v).setSafe(at + 1, 1L);
    });
  }

  private void nested() {
    Field number = Field.nullable("n", integer(32, true));
    Field text = Field.nullable("t", ArrowType.Utf8.INSTANCE);
    add(new Field("list", FieldType.nullable(ArrowType.List.INSTANCE), List.of(number)), "INTEGER[]", "[]", "[1, NULL]", (v, at) -> {
      ListVector list = (ListVector) v;
      list.startNewValue(at);
      list.endValue(at, 0);
      int start = list.startNewValue(at + 1);
      ((IntVector) list.getDataVector()).setSafe(start, 1);
      ((IntVector) list.getDataVector()).setNull(start + 1);
      list.endValue(at + 1, 2);
    });
    add(new Field("large_list", FieldType.nullable(ArrowType.LargeList.INSTANCE), List.of(number)), "INTEGER[]", "[]", "[1]", (v, at) -> {
      LargeListVector list = (LargeListVector) v;
      list.startNewValue(at);
      list.endValue(at, 0);
      ((IntVector) list.getDataVector()).setSafe((int) list.startNewValue(at + 1), 1);
      list.endValue(at + 1, 1);
    });
    add(new Field("list_view", FieldType.nullable(ArrowType.ListView.INSTANCE), List.of(number)), "INTEGER[]", "[]", "[1]", (v, at) -> {
      ListViewVector list = (ListViewVector) v;
      list.startNewValue(at);
      list.endValue(at, 0);
      ((IntVector) list.getDataVector()).setSafe(list.startNewValue(at + 1), 1);
      list.endValue(at + 1, 1);
    });
    add(new Field("pair", FieldType.nullable(new ArrowType.FixedSizeList(2)), List.of(number)), "INTEGER[]", "[1, 2]", "[3, 4]", (v, at) -> {
      FixedSizeListVector pair = (FixedSizeListVector) v;
      for (int i = 0; i < 4; i++) {
        ((IntVector) pair.getDataVector()).setSafe(2 * at + i, i + 1);
      }
      pair.setNotNull(at);
      pair.setNotNull(at + 1);
    });
    add(new Field("struct", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(number, text)), "STRUCT(n INTEGER, t VARCHAR)",
        "{'n': 1, 't': NULL}", "{'n': NULL, 't': two}", (v, at) -> {
      StructVector struct = (StructVector) v;
      struct.getChild("n", IntVector.class).setSafe(at, 1);
      struct.getChild("t", VarCharVector.class).setSafe(at + 1, "two".getBytes(StandardCharsets.UTF_8));
      struct.setIndexDefined(at);
      struct.setIndexDefined(at + 1);
    });
    Field entries = new Field("entries", FieldType.notNullable(ArrowType.Struct.INSTANCE),
        List.of(Field.notNullable("key", ArrowType.Utf8.INSTANCE), Field.nullable("value", integer(32, true))));
    add(new Field("map", FieldType.nullable(new ArrowType.Map(false)), List.of(entries)), "MAP(VARCHAR, INTEGER)", "{}", "{a=1}", (v, at) -> {
      MapVector map = (MapVector) v;
      StructVector entry = (StructVector) map.getDataVector();
      map.startNewValue(at);
      map.endValue(at, 0);
      int start = map.startNewValue(at + 1);
      entry.getChild("key", VarCharVector.class).setSafe(start, "a".getBytes(StandardCharsets.UTF_8));
      entry.getChild("value", IntVector.class).setSafe(start, 1);
      entry.setIndexDefined(start);
      map.endValue(at + 1, 1);
    });
  }

  /** The types that the host must refuse, by a name for the script. */
  public static Map<String, Field> refused() {
    Field number = Field.nullable("number", integer(32, true));
    Map<String, Field> fields = new LinkedHashMap<>();
    for (UnionMode mode : UnionMode.values()) {
      String name = mode.name().toLowerCase(Locale.ROOT) + "_union";
      FieldType union = FieldType.nullable(new ArrowType.Union(mode, new int[] {0}));
      fields.put(name, new Field("refused_" + name, union, List.of(number)));
    }
    Field inner = new Field("item", FieldType.nullable(new ArrowType.Union(UnionMode.Dense, new int[] {0})), List.of(number));
    fields.put("nested_union", new Field("refused_nested_union", FieldType.nullable(ArrowType.List.INSTANCE), List.of(inner)));
    fields.put("hugeint_extension", new Field("refused_hugeint_extension", new FieldType(true, new ArrowType.FixedSizeBinary(16), null,
        Map.of("ARROW:extension:name", "duckdb.hugeint")), List.of()));
    return fields;
  }
}
