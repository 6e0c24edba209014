package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.RunRecord;
import io.connectorkit.host.RunRecord.Outcome;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.itests.scripted.TypeGallery;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.Test;

/** M8: every type reads back exactly, is cast without loss and says so, or is refused by name. */
public class ArrowTypesIT extends ScriptedHostTest {

  private static String source(String sql) {
    return "tables = t\nt.kind = query\nt.sql = " + sql + "\n";
  }

  @Test
  public void everyAcceptedTypeReadsBackExactly() {
    RunRecord run = first("types", "tables = gallery\ngallery.kind = types\n");
    assertEquals(run.toString(), Outcome.OK, run.outcome());
    for (TypeGallery.Kind kind : TypeGallery.accepted()) {
      String column = '"' + kind.field().getName() + '"';
      // Which names of fields are quoted differs between versions of DuckDB.
      List<List<String>> stored = inExtract("types", "SELECT replace(typeof(" + column + "), '\"', ''), " + column + "::VARCHAR FROM gallery");
      List<List<String>> expected = List.of(Arrays.asList(kind.type(), kind.values().get(0)), Arrays.asList(kind.type(), kind.values().get(1)),
          Arrays.asList(kind.type(), null));
      assertEquals(column, expected, stored);
    }
  }

  @Test
  public void everyCastAndEveryZoneStandsInTheExtract() {
    first("casts", "tables = gallery\ngallery.kind = types\n");
    for (TypeGallery.Kind kind : TypeGallery.accepted()) {
      String name = kind.field().getName();
      List<String> column = inExtract("casts", "SELECT \"cast\", arrow_type, stored_type, position FROM _kit_columns WHERE table_name = 'gallery'"
          + " AND column_name = '" + name + "'").get(0);
      assertEquals(name, kind.cast(), column.get(0));
      assertTrue(name + " " + column, column.get(1).contains(kind.field().getType().toString()) || column.get(1).startsWith("run-end-encoded"));
      assertEquals(name, List.of(List.of(kind.type())), inExtract("casts",
          "SELECT replace(typeof(NULL::" + column.get(2) + "), '\"', '')"));
    }
    assertEquals(List.of(List.of("tz_ms", "+05:30"), List.of("tz_ns", "America/New_York"), List.of("tz_s", "UTC"), List.of("tz_us", "Europe/Prague")),
        inExtract("casts", "SELECT column_name, time_zone FROM _kit_columns WHERE time_zone IS NOT NULL ORDER BY 1"));
    assertEquals(List.of(List.of("Duration(NANOSECOND)", "BIGINT", "integer, in nanoseconds")), inExtract("casts",
        "SELECT arrow_type, stored_type, \"cast\" FROM _kit_columns WHERE column_name = 'struct_with_duration.wait'"));
    assertEquals(List.of(List.of("how long it took")), inExtract("casts", "SELECT description FROM _kit_columns WHERE description IS NOT NULL"));
  }

  /** A cast is no change of the source, however often it is done. */
  @Test
  public void castColumnsAreNoChangeFromRunToRun() throws Exception {
    String script = "tables = gallery\ngallery.kind = types\n";
    first("again", script);
    assertEquals(List.of(), outcome(then("again", script), "gallery").schemaChanges());
  }

  /** Values in another unit are another column, although both are stored as integers. */
  @Test
  public void anotherUnitUnderTheSameNameIsHeld() throws Exception {
    first("unit", "tables = t\nt.kind = duration_seconds\nt.column = wait\n");
    TableOutcome outcome = outcome(then("unit", "tables = t\nt.kind = duration_milliseconds\nt.column = wait\n"), "t");
    assertTrue(outcome.toString(), outcome.error().startsWith("KIT-3016")
        && outcome.error().contains("Int(64, true) in seconds was published and Int(64, true) in milliseconds is delivered"));
  }

  @Test
  public void everyRefusedTypeIsNamedAndHurtsNoOtherTable() {
    Set<String> kinds = TypeGallery.refused().keySet();
    StringBuilder script = new StringBuilder("tables = good, " + String.join(", ", kinds) + "\ngood.rows = 3\n");
    kinds.forEach(kind -> script.append(kind).append(".kind = ").append(kind).append('\n'));
    RunRecord run = first("refused", script.toString());
    assertEquals(Outcome.PARTIAL, run.outcome());
    assertEquals(3, count("refused.good"));
    for (String kind : kinds) {
      TableOutcome outcome = outcome(run, kind);
      assertEquals(kind, TableOutcome.Outcome.FAILED, outcome.outcome());
      assertTrue(outcome.error(), outcome.error().startsWith("KIT-3004") && outcome.error().contains("'refused_" + kind)
          && outcome.error().contains("deliver "));
    }
  }

  /** DuckDB's own writer would make doubles of the first two. */
  @Test
  public void queriesKeepEveryDigitToo() {
    first("digits", source("SELECT 99999999999999999999999999999999999999::HUGEINT AS huge, sum(1) AS total, '101'::BIT AS bits,"
        + " 'b'::ENUM('a', 'b') AS letter"));
    assertEquals(List.of(List.of("DECIMAL(38,0)", "99999999999999999999999999999999999999", "1", "101", "b")),
        inExtract("digits", "SELECT typeof(huge), huge, total, bits, letter FROM t"));
  }

  @Test
  public void queriesWhoseTypesParquetWouldChangeAreRefused() throws Exception {
    first("changed", source("SELECT 1 AS a"));
    for (String value : List.of("INTERVAL 1 MICROSECOND", "[1::HUGEINT]", "TIMETZ '12:00:00+02'", "union_value(x := 1)", "TIME_NS '12:00:00'",
        "TIMESTAMPTZ_NS '2020-01-01 00:00:00+00'", "{'a': 1}::VARIANT")) {
      TableOutcome outcome = outcome(then("changed", source("SELECT " + value + " AS a")), "t");
      assertTrue(value + ": " + outcome.error(), outcome.error().startsWith("KIT-3004") && outcome.error().contains("column 'a'"));
    }
    assertEquals(1, count("changed.t"));
  }
}
