package io.connectorkit.declarative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.connectorkit.api.Watermark;
import io.connectorkit.declaration.SourceColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {

  private static Object of(String type, Object value) {
    return Values.of(new SourceColumn("c", type, "c", "", "k", 1), value);
  }

  @Test
  void aPathGoesThroughObjectsAndTellsNullFromAbsent() {
    Map<String, Object> inner = new HashMap<>();
    inner.put("city", null);
    Map<String, Object> record = new HashMap<>(Map.of("a", Map.of("b", inner), "x.y", 1L));
    record.put("none", null);
    assertNull(Values.at(record, "a.b.city"));
    assertNull(Values.at(record, "none.of.this"));
    assertEquals(1L, Values.at(record, "x.y"));
    assertSame(Values.ABSENT, Values.at(record, "a.c"));
    assertSame(Values.ABSENT, Values.at(record, "a.b.city.c.d".replace("city", "town")));
  }

  @Test
  void epochsBecomeInstantsExactlyOrAreLeftToBeRefused() {
    assertEquals(Instant.parse("2026-01-01T00:00:00.123456Z"), of("epoch_seconds", new BigDecimal("1767225600.123456")));
    assertEquals(Instant.parse("2026-01-01T00:00:00.001Z"), of("epoch_millis", 1767225600001L));
    assertEquals(Instant.parse("1969-12-31T23:59:59.999Z"), of("epoch_millis", "-1"));
    assertEquals("soon", of("epoch_millis", "soon"));
    assertEquals(Long.MAX_VALUE, of("epoch_seconds", Long.MAX_VALUE));
    assertNull(of("epoch_millis", null));
  }

  @Test
  void jsonStaysJsonAndNumbersStayAsTheyAre() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("a\"\n", Arrays.asList(new BigDecimal("1.50"), null, true, "ü\\"));
    value.put("b", Map.of());
    assertEquals("{\"a\\\"\\u000a\":[1.50,null,true,\"ü\\\\\"],\"b\":{}}", of("json", value));
    assertEquals("1000", of("text", new BigDecimal("1E3")));
  }

  @Test
  void watermarksAreWrittenAsTheSourceReadsThem() {
    Watermark watermark = new Watermark(Instant.parse("2026-01-01T00:00:00.999Z"));
    assertEquals("2026-01-01T00:00:00.999Z", Values.watermark(watermark, "iso"));
    assertEquals("1767225600", Values.watermark(watermark, "epoch_seconds"));
    assertEquals("1767225600999", Values.watermark(watermark, "epoch_millis"));
    assertEquals("2026-01-01", Values.watermark(watermark, "date"));
    assertEquals("2026-01-01", Values.watermark(new Watermark(LocalDate.parse("2026-01-01")), "iso"));
    assertEquals("12", Values.watermark(new Watermark(12L), "epoch_millis"));
  }
}
