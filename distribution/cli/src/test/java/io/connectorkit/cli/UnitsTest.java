package io.connectorkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnitsTest {

  @Test
  void writesBytesInTheLargestUnitThatFits() {
    assertEquals("999 B", Units.bytes(999));
    assertEquals("1.0 kB", Units.bytes(1_000));
    assertEquals("1.0 MB", Units.bytes(999_999));
    assertEquals("9.2 EB", Units.bytes(Long.MAX_VALUE));
  }

  @Test
  void countsOneAndMany() {
    assertEquals("1 row", Units.count(1, "row"));
    assertEquals("1,234,567 rows", Units.count(1_234_567, "row"));
    assertEquals("1,234,567 rows/s", Units.rate(Json.mapper().getNodeFactory().numberNode(1_234_567)));
  }
}
