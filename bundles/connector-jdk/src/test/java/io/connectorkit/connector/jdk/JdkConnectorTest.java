package io.connectorkit.connector.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import io.connectorkit.contract.ConnectorProbe;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkConnectorTest {

  private final JdkConnector connector = new JdkConnector();
  private final ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of());

  @AfterEach
  void nothingIsLeftOver() {
    probe.close();
  }

  private List<List<Object>> rows(String table) throws IOException {
    return probe.rows(connector, probe.table(connector, table), 10_000);
  }

  private Map<String, Object> row(String table, String condition) throws IOException {
    var rows = probe.query(connector, probe.table(connector, table), 10_000, "SELECT * FROM t WHERE " + condition);
    assertEquals(1, rows.size(), condition);
    return rows.get(0);
  }

  @Test
  void describesEveryTableAndColumn() {
    for (TableInfo table : probe.discover(connector)) {
      assertFalse(table.description().isBlank(), table.sourceId());
      assertFalse(table.primaryKey().isEmpty(), table.sourceId());
      table.schema().getFields().forEach(field ->
          assertFalse(field.getMetadata().getOrDefault(TableInfo.DESCRIPTION, "").isBlank(), table.sourceId() + "." + field.getName()));
    }
  }

  @Test
  void keysAreUniqueAndNeverNull() throws IOException {
    for (TableInfo table : probe.discover(connector)) {
      List<Integer> key = table.primaryKey().stream().map(name -> names(table).indexOf(name)).toList();
      Set<List<Object>> seen = new HashSet<>();
      for (List<Object> row : probe.rows(connector, table, 10_000)) {
        List<Object> values = key.stream().map(row::get).toList();
        assertFalse(values.contains(null), table.sourceId());
        assertTrue(seen.add(values), table.sourceId() + " " + values);
      }
    }
  }

  private static List<String> names(TableInfo table) {
    return table.schema().getFields().stream().map(field -> field.getName()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 100_000})
  void givesTheSameRowsInTheSameOrderForAnyBatchSize(int batchSize) throws IOException {
    for (TableInfo table : probe.discover(connector)) {
      if (batchSize > 1 || !table.viewName().equals("unicode_characters")) {
        assertEquals(rows(table.viewName()), probe.rows(connector, table, batchSize), table.viewName());
      }
    }
  }

  @Test
  void doesNotDependOnTheLocaleOrZoneOfTheMachine() throws IOException {
    Locale before = Locale.getDefault();
    var expected = Map.of("currencies", rows("currencies"), "locales", rows("locales"), "time_zones", rows("time_zones"));
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      for (var table : expected.entrySet()) {
        assertEquals(table.getValue(), rows(table.getKey()));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void hasOneRowPerAssignedCodePoint() throws IOException {
    int expected = 0;
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      expected += Character.isDefined(codePoint) ? 1 : 0;
    }
    assertEquals(expected, rows("unicode_characters").size());
  }

  @Test
  void describesCharactersAsUnicodeDoes() throws IOException {
    Map<String, Object> capital = row("unicode_characters", "code_point = 65");
    assertEquals("A", capital.get("character"));
    assertEquals("LATIN CAPITAL LETTER A", capital.get("name"));
    assertEquals("Lu", capital.get("general_category"));
    assertEquals("LATIN", capital.get("script"));
    assertEquals("BASIC_LATIN", capital.get("block"));
    assertEquals("L", capital.get("bidirectional_class"));
    assertEquals(97, capital.get("to_lowercase"));
    assertEquals("\uD83D\uDE00", row("unicode_characters", "code_point = 128512").get("character"));
    assertNull(row("unicode_characters", "code_point = 55296").get("character"));
    assertEquals("Cs", row("unicode_characters", "code_point = 55296").get("general_category"));
    assertEquals("AL", row("unicode_characters", "name = 'ARABIC LETTER ALEF'").get("bidirectional_class"));
    assertEquals(5, row("unicode_characters", "name = 'DIGIT FIVE'").get("numeric_value"));
    assertNull(row("unicode_characters", "name = 'VULGAR FRACTION ONE HALF'").get("numeric_value"));
    assertEquals("Pf", row("unicode_characters", "code_point = 187").get("general_category"));
    assertEquals("PDI", row("unicode_characters", "code_point = 8297").get("bidirectional_class"));
  }

  @Test
  void hasEveryTransitionBeforeTheReleaseOfTheJdk() throws IOException {
    Instant end = LocalDate.parse(System.getProperty("java.version.date")).atStartOfDay(ZoneOffset.UTC).toInstant();
    int expected = 0;
    for (String id : ZoneId.getAvailableZoneIds()) {
      ZoneRules rules = ZoneId.of(id).getRules();
      ZoneOffsetTransition transition = rules.previousTransition(end);
      while (transition != null) {
        expected++;
        transition = rules.previousTransition(transition.getInstant());
      }
    }
    assertEquals(expected, rows("time_zone_transitions").size());
    Map<String, Object> summer =
        row("time_zone_transitions", "zone_id = 'Europe/Prague' AND instant = TIMESTAMPTZ '2020-03-29 01:00:00+00'");
    assertEquals(3600, summer.get("offset_before_seconds"));
    assertEquals(7200, summer.get("offset_after_seconds"));
    assertEquals(true, summer.get("daylight"));
  }

  @Test
  void listsWhatTheJdkLists() throws IOException {
    assertEquals(ZoneId.getAvailableZoneIds().size(), rows("time_zones").size());
    assertEquals(Currency.getAvailableCurrencies().size(), rows("currencies").size());
    assertEquals(Charset.availableCharsets().size(), rows("charsets").size());
    assertEquals(ModuleFinder.ofSystem().findAll().size(), rows("modules").size());
    assertEquals(Arrays.stream(Locale.getAvailableLocales()).map(Locale::toLanguageTag).distinct().count(), rows("locales").size());
  }

  @Test
  void keepsCodesAsText() throws IOException {
    assertEquals("008", row("currencies", "code = 'ALL'").get("numeric_code"));
    assertNull(row("currencies", "code = 'XAU'").get("default_fraction_digits"));
    assertEquals("Euro", row("currencies", "code = 'EUR'").get("name"));
    assertEquals("AUT", row("locales", "language_tag = 'de-AT'").get("iso3_country"));
    assertEquals(true, row("charsets", "name = 'UTF-8' AND list_contains(aliases, 'UTF8')").get("can_encode"));
    assertEquals(true, row("time_zones", "zone_id = 'Europe/Prague'").get("has_daylight_saving"));
    assertEquals(3600, row("time_zones", "zone_id = 'Europe/Prague'").get("standard_offset_seconds"));
  }

  @Test
  void refusesATableItDoesNotHave() {
    TableInfo other = TableInfo.table("other").build();
    assertThrows(ConnectorException.class, () -> probe.rows(connector, other, 1));
  }
}
