package io.connectorkit.runtime.internal.types;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValueChecksTest {

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void everythingIsReleased() {
    allocator.close();
  }

  private void check(Field field, Consumer<FieldVector> filler) {
    Schema schema = new Schema(List.of(field));
    ValueChecks checks = new ValueChecks(DeliveredTypes.of("t", schema, null));
    for (int batch = 0; batch < 2; batch++) {
      try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
        root.getVector(0).allocateNew();
        if (batch == 1) {
          filler.accept(root.getVector(0));
        }
        root.setRowCount(3);
        checks.check(root);
      }
    }
  }

  private String refused(Field field, Consumer<FieldVector> filler) {
    return assertThrows(KitException.class, () -> check(field, filler)).getMessage();
  }

  private static Field text() {
    return Field.nullable("c", ArrowType.Utf8.INSTANCE);
  }

  /** Both values together are UTF-8, each alone is not. */
  @Test
  void aCharacterThatIsCutInTwoByTheEndOfAValueIsFound() {
    String message = refused(text(), v -> {
      ((VarCharVector) v).setSafe(0, new byte[] {'a', (byte) 0xC3});
      ((VarCharVector) v).setSafe(1, new byte[] {(byte) 0xA9});
    });
    assertTrue(message.startsWith("KIT-3019 table 't', column 'c', row 4: the bytes 61c3 are not UTF-8"), message);
  }

  @Test
  void rowsOfAListAreThoseOfTheTable() {
    Field list = new Field("c", FieldType.nullable(ArrowType.List.INSTANCE), List.of(Field.nullable("item", ArrowType.Utf8.INSTANCE)));
    String message = refused(list, v -> {
      ListVector lists = (ListVector) v;
      VarCharVector items = (VarCharVector) lists.getDataVector();
      for (int i = 0; i < 5; i++) {
        items.setSafe(i, i == 4 ? new byte[] {-1} : new byte[] {'x'});
      }
      lists.startNewValue(0);
      lists.endValue(0, 3);
      lists.startNewValue(2);
      lists.endValue(2, 2);
    });
    assertTrue(message.contains("column 'c', row 6: the bytes ff are not UTF-8"), message);
  }

  /** What stands under a null is nobody's value. */
  @Test
  void nullsAreNotLookedAt() {
    assertDoesNotThrow(() -> check(text(), v -> {
      ((VarCharVector) v).setSafe(1, new byte[] {-1});
      ((VarCharVector) v).setNull(1);
    }));
    assertDoesNotThrow(() -> check(Field.nullable("c", new ArrowType.Time(TimeUnit.SECOND, 32)), v -> {
      ((TimeSecVector) v).setSafe(1, -1);
      ((TimeSecVector) v).setNull(1);
    }));
  }

  @Test
  void timesAreWithinADay() {
    Field time = Field.nullable("c", new ArrowType.Time(TimeUnit.MICROSECOND, 64));
    assertDoesNotThrow(() -> check(time, v -> ((TimeMicroVector) v).setSafe(2, 86_400_000_000L)));
    assertTrue(refused(time, v -> ((TimeMicroVector) v).setSafe(2, 86_400_000_001L)).contains("row 6: 86400000001 is no time of a day"));
    assertTrue(refused(time, v -> ((TimeMicroVector) v).setSafe(2, -1L)).contains("-1 is no time of a day"));
  }

  @Test
  void timestampsAreThoseThatMicrosecondsCanCount() {
    long[][] limits = {{-9_223_372_022_400L, 9_223_372_036_854L}, {-9_223_372_022_400_000L, 9_223_372_036_854_775L},
        {-9_223_372_022_400_000_000L, Long.MAX_VALUE}};
    for (TimeUnit unit : List.of(TimeUnit.SECOND, TimeUnit.MILLISECOND, TimeUnit.MICROSECOND)) {
      Field field = Field.nullable("c", new ArrowType.Timestamp(unit, null));
      long[] limit = limits[unit.ordinal()];
      for (long value : limit) {
        assertDoesNotThrow(() -> check(field, v -> ((TimeStampVector) v).setSafe(0, value)));
      }
      assertTrue(refused(field, v -> ((TimeStampVector) v).setSafe(0, limit[0] - 1)).contains("row 4: " + (limit[0] - 1) + " is no timestamp"));
    }
  }

  @Test
  void columnsThatCanHoldNothingWrongAreNotChecked() {
    assertEquals(null, ValueCheck.of(Field.nullable("c", new ArrowType.Int(64, true))));
  }
}
