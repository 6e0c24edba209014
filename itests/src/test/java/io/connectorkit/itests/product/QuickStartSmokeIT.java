package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.FullOnly;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first command of the README, and what the JDK itself says of the same data. */
class QuickStartSmokeIT {

  private static final KitProcess KIT = KitProcess.of(QuickStartSmokeIT.class);
  private static KitProcess.Result demo;

  @BeforeAll
  static void runTheDemo() {
    demo = KIT.kit("demo");
  }

  @AfterAll
  static void stop() {
    KIT.close();
  }

  @Test
  void theDemoEndsWellAndShowsRowsPerTableAndAQuery() {
    String out = demo.ok();
    for (String table : List.of("unicode_characters", "time_zones", "time_zone_transitions", "locales", "currencies", "charsets", "modules")) {
      assertTrue(out.lines().anyMatch(line -> line.matches(".*\\b" + table + " .*\\bOK\\b.*[1-9].*")), () -> table + " in " + out);
    }
    assertTrue(out.contains("FROM jdk.time_zone_transitions") && out.contains("1970"), out);
  }

  @Test
  void thereIsOneRowForEachCharacterThatTheJdkKnows() {
    long expected = IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(Character::isDefined).count();
    assertEquals(expected, Long.parseLong(KIT.value("select count(*) from jdk.unicode_characters")));
    assertEquals("LATIN SMALL LETTER A", KIT.value("select name from jdk.unicode_characters where code_point = 97"));
  }

  @Test
  void thereIsOneRowForEachPastChangeOfEachZone() {
    Instant released = LocalDate.parse(System.getProperty("java.version.date")).atStartOfDay(ZoneOffset.UTC).toInstant();
    long expected = ZoneId.getAvailableZoneIds().stream().mapToLong(id -> changesBackwards(ZoneId.of(id).getRules(), released)).sum();
    assertEquals(expected, Long.parseLong(KIT.value("select count(*) from jdk.time_zone_transitions")));
  }

  private static long changesBackwards(ZoneRules rules, Instant from) {
    long changes = 0;
    for (ZoneOffsetTransition each = rules.previousTransition(from); each != null; each = rules.previousTransition(each.getInstant())) {
      changes++;
    }
    return changes;
  }

  @Test
  void thereIsOneRowForEachCurrency() {
    assertEquals(Currency.getAvailableCurrencies().size(), Integer.parseInt(KIT.value("select count(*) from jdk.currencies")));
  }

  @FullOnly
  @Test
  void everyTypeIsRight() {
    Map<String, String> types = new TreeMap<>();
    for (JsonNode column : KIT.kit("query", "DESCRIBE jdk.time_zone_transitions", "--format", "json").json()) {
      types.put(column.path("column_name").asText(), column.path("column_type").asText());
    }
    assertEquals(Map.of("zone_id", "VARCHAR", "instant", "TIMESTAMP WITH TIME ZONE", "local_before", "TIMESTAMP", "local_after", "TIMESTAMP",
        "offset_before_seconds", "INTEGER", "offset_after_seconds", "INTEGER", "daylight", "BOOLEAN"), types);
  }

  @FullOnly
  @Test
  void queryPrintsCsvAndJsonAndNothingElse() {
    String sql = "select 'a,\"b' as text, 1.50 as number, true as yes, null as nothing";
    assertEquals(List.of("text,number,yes,nothing", "\"a,\"\"b\",1.50,true,"), KIT.kit("query", sql, "--format", "csv").ok().lines().toList());
    JsonNode row = KIT.kit("query", sql, "--format", "json").json().get(0);
    assertEquals("a,\"b", row.path("text").asText());
    assertTrue(row.path("number").isNumber() && row.path("yes").asBoolean() && row.path("nothing").isNull(), row.toString());
  }

  @FullOnly
  @Test
  void aQueryThatDuckDbRefusesIsOneLineAndExitCodeOne() {
    KitProcess.Result result = KIT.kit("query", "select * from jdk.nowhere");
    assertEquals(1, result.exit());
    assertEquals("", result.out());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().contains("nowhere"), result.err());
  }

  @Test
  void tablesAreListedAsJson() {
    JsonNode tables = KIT.kit("tables", "--json").json();
    assertEquals(7, tables.size());
    tables.forEach(table -> assertTrue(table.path("rows").asLong() > 0 && table.path("source").asText().equals("jdk"), table.toString()));
  }

  @Test
  void statusSaysThatNoGatewayRuns() {
    KitProcess.Result status = KIT.kit("status");
    assertEquals(3, status.exit());
    assertTrue(status.err().contains("No gateway runs"), status.err());
    assertEquals(false, KIT.kit("status", "--json").json().path("running").asBoolean(true));
  }
}
