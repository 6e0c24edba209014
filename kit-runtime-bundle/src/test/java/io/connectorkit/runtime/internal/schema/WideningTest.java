package io.connectorkit.runtime.internal.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;

class WideningTest {

  private static final ArrowType DOUBLE = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);

  private static ArrowType integer(int bits, boolean signed) {
    return new ArrowType.Int(bits, signed);
  }

  private static ArrowType decimal(int precision, int scale) {
    return new ArrowType.Decimal(precision, scale, 128);
  }

  private static void widens(ArrowType one, ArrowType other, ArrowType common) {
    assertEquals(Optional.ofNullable(common), Widening.of(one, other));
    assertEquals(Optional.ofNullable(common), Widening.of(other, one));
  }

  @Test
  void numbersWidenOnlyWhereEveryValueStaysExact() {
    widens(integer(16, true), integer(64, true), integer(64, true));
    widens(integer(32, false), integer(32, true), integer(64, true));
    widens(integer(64, false), integer(8, true), decimal(20, 0));
    widens(integer(32, true), DOUBLE, DOUBLE);
    widens(integer(64, true), DOUBLE, null);
    widens(decimal(10, 2), decimal(12, 6), decimal(14, 6));
    widens(decimal(38, 2), decimal(38, 6), null);
    widens(integer(64, true), decimal(10, 2), decimal(21, 2));
    widens(decimal(10, 2), DOUBLE, null);
  }

  @Test
  void whateverMeetsTextIsText() {
    widens(integer(64, true), ArrowType.Utf8.INSTANCE, ArrowType.Utf8.INSTANCE);
    widens(ArrowType.Struct.INSTANCE, ArrowType.Utf8.INSTANCE, null);
    widens(ArrowType.Bool.INSTANCE, integer(8, true), null);
  }
}
