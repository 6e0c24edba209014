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
      List<List<String>> stored = inExtract("types", "SELECT typeof(" + column + "), " + column + "::VARCHAR FROM gallery");
      List<List<String>> expected = List.of(Arrays.asList(kind.type(), kind.values().get(0)), Arrays.asList(kind.type(), kind.values().get(1)),
          Arrays.asList(kind.type(), null));
      assertEquals(column, expected, stored);
    }
  }

  /** A cast is no change of the source, however often it is done. */
  @Test
  public void castColumnsAreNoChangeFromRunToRun() throws Exception {
    String script = "tables = gallery\ngallery.kind = types\n";
    first("again", script);
    assertEquals(List.of(), outcome(then("again", script), "gallery").schemaChanges());
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
