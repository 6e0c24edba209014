package io.connectorkit.runtime.internal.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.BatchSource.Query;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column can be written if DuckDB, asked for its type by name, hands out just that Arrow type. */
class WriteTypesTest {

  @TempDir
  private Path folder;

  private static Field of(ArrowType type, Field... children) {
    return new Field("c", FieldType.nullable(type), List.of(children));
  }

  private static List<Field> scalars() {
    List<Field> all = new ArrayList<>();
    for (int bits : new int[] {8, 16, 32, 64}) {
      all.add(of(new ArrowType.Int(bits, true)));
      all.add(of(new ArrowType.Int(bits, false)));
    }
    for (TimeUnit unit : TimeUnit.values()) {
      all.add(of(new ArrowType.Timestamp(unit, null)));
    }
    all.add(of(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Europe/Prague")));
    all.add(of(new ArrowType.Time(TimeUnit.MICROSECOND, 64)));
    all.add(of(new ArrowType.Date(DateUnit.DAY)));
    all.add(of(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)));
    all.add(of(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)));
    for (int digits : new int[] {1, 4, 9, 18, 38}) {
      all.add(of(new ArrowType.Decimal(digits, digits / 2, 128)));
    }
    all.addAll(List.of(of(ArrowType.Utf8.INSTANCE), of(ArrowType.Binary.INSTANCE), of(ArrowType.Bool.INSTANCE)));
    return all;
  }

  private static Field map(Field value) {
    Field key = new Field("key", FieldType.notNullable(ArrowType.Utf8.INSTANCE), null);
    Field entries = new Field("entries", FieldType.notNullable(ArrowType.Struct.INSTANCE),
        List.of(key, new Field("value", value.getFieldType(), value.getChildren())));
    return of(new ArrowType.Map(false), entries);
  }

  @Test
  void whatHasANameIsHandedOutAsItIsAtEveryDepth() throws Exception {
    try (BufferAllocator allocator = new RootAllocator()) {
      DuckDb duckDb = new DuckDb(folder.resolve("duckdb"), "256MB", 1);
      try (DuckDBConnection session = duckDb.open()) {
        for (Field scalar : scalars()) {
          for (Field field : List.of(scalar, of(ArrowType.List.INSTANCE, scalar), of(ArrowType.Struct.INSTANCE, scalar), map(scalar),
              of(ArrowType.List.INSTANCE, of(ArrowType.Struct.INSTANCE, of(ArrowType.List.INSTANCE, scalar))))) {
            String type = WriteTypes.name(field).orElseThrow();
            Field given = Sql.describe(session, new Query("SELECT CAST(NULL AS " + type + ") AS c", List.of()), allocator).findField("c");
            assertTrue(WriteTypes.exact(given, type, field), () -> type + " is " + given + " and not " + field);
          }
        }
      } finally {
        duckDb.close();
      }
    }
  }

  @Test
  void whatDuckDbWouldChangeHasNoName() {
    List<Field> others = List.of(of(new ArrowType.FloatingPoint(FloatingPointPrecision.HALF)), of(new ArrowType.Decimal(76, 2, 256)),
        of(new ArrowType.Decimal(10, -2, 128)), of(new ArrowType.Date(DateUnit.MILLISECOND)), of(new ArrowType.Time(TimeUnit.NANOSECOND, 64)),
        of(new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC")), of(new ArrowType.Timestamp(TimeUnit.SECOND, "UTC")),
        of(new ArrowType.Duration(TimeUnit.SECOND)), of(ArrowType.LargeUtf8.INSTANCE), of(new ArrowType.FixedSizeBinary(16)), of(ArrowType.Null.INSTANCE),
        new Field("c", new FieldType(true, ArrowType.Utf8.INSTANCE, null, Map.of(ArrowType.ExtensionType.EXTENSION_METADATA_KEY_NAME, "acme")), null));
    for (Field other : others) {
      assertEquals(Optional.empty(), WriteTypes.name(other), other.toString());
      assertEquals(Optional.empty(), WriteTypes.name(of(ArrowType.List.INSTANCE, other)), other.toString());
    }
  }

  @Test
  void anOffsetIsNotDroppedAndFieldsAreNotMixedUp() {
    Field time = of(new ArrowType.Time(TimeUnit.MICROSECOND, 64));
    assertFalse(WriteTypes.exact(time, "TIME WITH TIME ZONE", time));
    assertTrue(WriteTypes.exact(time, "TIME", time));
    Field one = of(ArrowType.Struct.INSTANCE, Field.nullable("a", ArrowType.Utf8.INSTANCE));
    assertFalse(WriteTypes.exact(one, "STRUCT(a VARCHAR)", of(ArrowType.Struct.INSTANCE, Field.nullable("b", ArrowType.Utf8.INSTANCE))));
  }
}
