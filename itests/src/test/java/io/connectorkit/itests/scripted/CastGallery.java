package io.connectorkit.itests.scripted;

import io.connectorkit.itests.scripted.TypeGallery.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalDayVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** One column per type that is stored as another one: the extremes and what DuckDB alone would change. */
public final class CastGallery {

  private static final ArrowType HALF = new ArrowType.FloatingPoint(FloatingPointPrecision.HALF);
  private static final byte[] A = {'a'};
  private static final String MIN = String.valueOf(Long.MIN_VALUE);
  private static final String MAX = String.valueOf(Long.MAX_VALUE);

  private final List<Kind> kinds = new ArrayList<>();

  private CastGallery() {}

  static List<Kind> kinds() {
    CastGallery gallery = new CastGallery();
    gallery.numbers();
    gallery.times();
    gallery.intervals();
    gallery.nested();
    gallery.encoded();
    return gallery.kinds;
  }

  private void add(String name, ArrowType type, String stored, String cast, String one, String two, ObjIntConsumer<FieldVector> filler) {
    add(Field.nullable(name, type), stored, cast, one, two, filler);
  }

  private void add(Field field, String stored, String cast, String one, String two, ObjIntConsumer<FieldVector> filler) {
    kinds.add(new Kind(field, stored, cast, List.of(one, two), filler));
  }

  private void numbers() {
    add("float16", HALF, "FLOAT", "float32", "5.9604645e-08", "-65504.0", (v, at) -> {
      ((Float2Vector) v).setSafe(at, (short) 1);
      ((Float2Vector) v).setSafe(at + 1, (short) 0xFBFF);
    });
    decimal("decimal_negative_scale", 5, -3, 128, "DECIMAL(8,0)", "decimal(8, 0)", "99999000", "-1000");
    decimal("decimal_negative_scale_huge", 38, -3, 128, "VARCHAR", "decimal number as text, every digit kept", "9".repeat(38) + "000", "-1000");
    decimal("decimal_scale_beyond_precision", 2, 5, 128, "DECIMAL(5,5)", "decimal(5, 5)", ".00099", "-.00001");
    decimal("decimal256_38", 38, 4, 256, "DECIMAL(38,4)", "decimal(38, 4)", "9".repeat(34) + ".9999", "-0.0001");
    decimal("decimal256_76", 76, 10, 256, "VARCHAR", "decimal number as text, every digit kept", "9".repeat(66) + "." + "9".repeat(10),
        "-0.0000000001");
  }

  private void decimal(String name, int precision, int scale, int bits, String stored, String cast, String one, String two) {
    add(name, new ArrowType.Decimal(precision, scale, bits), stored, cast, one, two, (v, at) -> {
      String[] values = {one, two};
      for (int i = 0; i < values.length; i++) {
        byte[] digits = new BigDecimal(values[i]).setScale(scale).unscaledValue().toByteArray();
        if (v instanceof DecimalVector decimal) {
          decimal.setBigEndianSafe(at + i, digits);
        } else {
          ((Decimal256Vector) v).setBigEndianSafe(at + i, digits);
        }
      }
    });
  }

  private void times() {
    add("date64", new ArrowType.Date(DateUnit.MILLISECOND), "TIMESTAMP", "timestamp in milliseconds without a zone",
        "1969-12-31 23:59:59.999", "1970-01-02 00:00:00.001", (v, at) -> {
          ((DateMilliVector) v).setSafe(at, -1L);
          ((DateMilliVector) v).setSafe(at + 1, 86_400_001L);
        });
    add("time_ns", new ArrowType.Time(TimeUnit.NANOSECOND, 64), "BIGINT", "integer, in nanoseconds since midnight", "1", "86399999999999", (v, at) -> {
      ((TimeNanoVector) v).setSafe(at, 1L);
      ((TimeNanoVector) v).setSafe(at + 1, 86_399_999_999_999L);
    });
    add("tz_ns", new ArrowType.Timestamp(TimeUnit.NANOSECOND, "America/New_York"), "TIMESTAMP_NS",
        "timestamp in nanoseconds without a zone, in UTC", "1969-12-31 23:59:59.999999999", "1970-01-01 00:00:00.000000001", (v, at) -> {
          ((TimeStampNanoTZVector) v).setSafe(at, -1L);
          ((TimeStampNanoTZVector) v).setSafe(at + 1, 1L);
        });
    for (TimeUnit unit : TimeUnit.values()) {
      String word = unit.name().toLowerCase(Locale.ROOT) + "s";
      add("duration_" + word, new ArrowType.Duration(unit), "BIGINT", "integer, in " + word, MIN, MAX, (v, at) -> {
        ((DurationVector) v).setSafe(at, Long.MIN_VALUE);
        ((DurationVector) v).setSafe(at + 1, Long.MAX_VALUE);
      });
    }
  }

  private void intervals() {
    add("interval_months", new ArrowType.Interval(IntervalUnit.YEAR_MONTH), "INTEGER", "integer, in months", "-14", "2147483647", (v, at) -> {
      ((IntervalYearVector) v).setSafe(at, -14);
      ((IntervalYearVector) v).setSafe(at + 1, Integer.MAX_VALUE);
    });
    add("interval_day_time", new ArrowType.Interval(IntervalUnit.DAY_TIME), "STRUCT(days INTEGER, milliseconds INTEGER)",
        "struct of days and milliseconds", "{'days': 3, 'milliseconds': 1234}", "{'days': -2147483648, 'milliseconds': -1}", (v, at) -> {
          ((IntervalDayVector) v).setSafe(at, 3, 1234);
          ((IntervalDayVector) v).setSafe(at + 1, Integer.MIN_VALUE, -1);
        });
    add("interval_month_day_nano", new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO),
        "STRUCT(months INTEGER, days INTEGER, nanoseconds BIGINT)", "struct of months, days and nanoseconds",
        "{'months': 1, 'days': -2, 'nanoseconds': 3}", "{'months': -1, 'days': 0, 'nanoseconds': " + MIN + "}", (v, at) -> {
          ((IntervalMonthDayNanoVector) v).setSafe(at, 1, -2, 3);
          ((IntervalMonthDayNanoVector) v).setSafe(at + 1, -1, 0, Long.MIN_VALUE);
        });
  }

  private void nested() {
    Field item = Field.nullable("item", HALF);
    add(new Field("list_of_float16", FieldType.nullable(ArrowType.List.INSTANCE), List.of(item)), "FLOAT[]", "", "[]", "[1.5, NULL]", (v, at) -> {
      ListVector list = (ListVector) v;
      list.startNewValue(at);
      list.endValue(at, 0);
      int start = list.startNewValue(at + 1);
      ((Float2Vector) list.getDataVector()).setSafeWithPossibleTruncate(start, 1.5f);
      ((Float2Vector) list.getDataVector()).setNull(start + 1);
      list.endValue(at + 1, 2);
    });
    Field wait = new Field("wait", new FieldType(true, new ArrowType.Duration(TimeUnit.NANOSECOND), null,
        Map.of("description", "how long it took")), null);
    Field name = Field.nullable("name", ArrowType.Utf8.INSTANCE);
    add(new Field("struct_with_duration", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(wait, name)),
        "STRUCT(wait BIGINT, name VARCHAR)", "", "{'wait': -1, 'name': a}", "{'wait': NULL, 'name': NULL}", (v, at) -> {
          StructVector struct = (StructVector) v;
          struct.getChild("wait", DurationVector.class).setSafe(at, -1L);
          struct.getChild("name", VarCharVector.class).setSafe(at, A);
          struct.setIndexDefined(at);
          struct.setIndexDefined(at + 1);
        });
    Field months = Field.nullable("value", new ArrowType.Interval(IntervalUnit.YEAR_MONTH));
    Field entries = new Field("entries", FieldType.notNullable(ArrowType.Struct.INSTANCE),
        List.of(Field.notNullable("key", ArrowType.Utf8.INSTANCE), months));
    add(new Field("map_to_months", FieldType.nullable(new ArrowType.Map(false)), List.of(entries)), "MAP(VARCHAR, INTEGER)", "", "{}", "{k=-3}",
        (v, at) -> {
          MapVector map = (MapVector) v;
          StructVector entry = (StructVector) map.getDataVector();
          map.startNewValue(at);
          map.endValue(at, 0);
          int start = map.startNewValue(at + 1);
          entry.getChild("key", VarCharVector.class).setSafe(start, new byte[] {'k'});
          entry.getChild("value", IntervalYearVector.class).setSafe(start, -3);
          entry.setIndexDefined(start);
          map.endValue(at + 1, 1);
        });
  }

  private void encoded() {
    add(runs("run_ends", Field.nullable("values", ArrowType.Utf8.INSTANCE)), "VARCHAR", "plain values", "a", "a",
        (v, at) -> run((RunEndEncodedVector) v, at, run -> ((VarCharVector) ((RunEndEncodedVector) v).getValuesVector()).setSafe(run, A)));
    add(runs("run_ends_of_durations", Field.nullable("values", new ArrowType.Duration(TimeUnit.SECOND))), "BIGINT", "integer, in seconds", "-7",
        "-7", (v, at) -> run((RunEndEncodedVector) v, at, run -> ((DurationVector) ((RunEndEncodedVector) v).getValuesVector()).setSafe(run, -7L)));
  }

  private static Field runs(String name, Field values) {
    return new Field(name, FieldType.nullable(ArrowType.RunEndEncoded.INSTANCE),
        List.of(Field.notNullable("run_ends", new ArrowType.Int(32, true)), values));
  }

  /** Two rows of one value and a null. */
  private static void run(RunEndEncodedVector vector, int at, IntConsumer value) {
    IntVector ends = (IntVector) vector.getRunEndsVector();
    int run = at / TypeGallery.ROWS * 2;
    ends.setSafe(run, at + 2);
    ends.setSafe(run + 1, at + 3);
    ends.setValueCount(run + 2);
    value.accept(run);
    vector.getValuesVector().setValueCount(run + 2);
  }
}
