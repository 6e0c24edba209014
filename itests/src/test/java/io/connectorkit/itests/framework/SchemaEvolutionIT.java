package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** Tables whose columns change from run to run: the source is a query, so its columns are what the test says. */
public class SchemaEvolutionIT extends ScriptedHostTest {

  private static String source(String sql) {
    return "tables = t\nt.kind = query\nt.key = id\nt.sql = " + sql + "\n";
  }

  /** Wishes for the tables of an instance, with a fresh script. */
  private void options(String instance, String sql, String options) {
    Path script = script(instance, source(sql));
    Folders.write(folder("etc").resolve("connectors").resolve(instance + ".yaml"),
        "connector: scripted\nconfig:\n  script: " + script + "\ntables:\n  '*': {" + options + "}\n");
  }

  private List<List<String>> columns(String instance) {
    return inExtract(instance, "SELECT column_name, column_type FROM (DESCRIBE t)");
  }

  /** B14, B15, F5: what is compared is what was published, and the change is recorded with the rows. */
  @Test
  public void changesArePublishedAndRecordedInTheSameCommit() throws Exception {
    first("evolve", source("SELECT 1::INTEGER AS id, 'a' AS name, 1.5::DECIMAL(4,1) AS price"));
    RunRecord run = then("evolve", source("SELECT 2::BIGINT AS id, 7.25::DECIMAL(6,2) AS price, true AS fresh"));
    List<String> expected = List.of("added fresh Bool", "id: Int(32, true) -> Int(64, true)", "removed name Utf8",
        "price: Decimal(4, 1, 128) -> Decimal(6, 2, 128)");
    assertEquals(expected, outcome(run, "t").schemaChanges());
    assertEquals(List.of(List.of("id", "BIGINT"), List.of("price", "DECIMAL(6,2)"), List.of("fresh", "BOOLEAN"), List.of("name", "VARCHAR")),
        columns("evolve"));
    assertEquals(List.of(List.of(String.join("; ", expected))),
        inExtract("evolve", "SELECT array_to_string(schema_changes, '; ') FROM _kit_outcomes WHERE run_id = '" + run.run() + "'"));
    assertEquals(1, inExtract("evolve", "SELECT * FROM t WHERE name IS NULL AND id = 2").size());
  }

  /** B15: a change that was not published is reported again until it is. */
  @Test
  public void aFailedRunForgetsNoChange() throws Exception {
    first("again", source("SELECT 1 AS id"));
    String changed = "SELECT 2 AS id, 'x' AS added";
    assertEquals(TableOutcome.Outcome.FAILED, outcome(then("again", source(changed + " UNION ALL SELECT 2, error('no')")), "t").outcome());
    assertEquals(List.of("added added Utf8"), outcome(then("again", source(changed)), "t").schemaChanges());
    assertEquals(List.of(), outcome(then("again", source(changed)), "t").schemaChanges());
  }

  /** B16: frozen columns hold the publish and keep what is served. */
  @Test
  public void frozenColumnsKeepTheLastGoodRows() throws Exception {
    options("frozen", "SELECT 1 AS id", "schema_changes: freeze");
    awaitRun("frozen", 1);
    TableOutcome outcome = outcome(then("frozen", source("SELECT 2 AS id, 'x' AS added")), "t");
    assertEquals(TableOutcome.Outcome.FAILED, outcome.outcome());
    assertTrue(outcome.error(), outcome.error().startsWith("KIT-3016") && outcome.error().contains("added added Utf8"));
    assertEquals(List.of(List.of("1")), inExtract("frozen", "SELECT id FROM t"));
  }

  @Test
  public void newColumnsCanBeDiscarded() throws Exception {
    options("discard", "SELECT 1 AS id", "schema_changes: discard_columns");
    awaitRun("discard", 1);
    assertEquals(TableOutcome.Outcome.OK, outcome(then("discard", source("SELECT 2 AS id, 'x' AS added")), "t").outcome());
    assertEquals(List.of(List.of("id", "INTEGER")), columns("discard"));
  }

  /** C11: a table that shrinks suddenly is not believed. */
  @Test
  public void aSuddenShrinkIsHeld() throws Exception {
    options("shrink", "SELECT range AS id FROM range(1000)", "min_ratio: 0.5");
    awaitRun("shrink", 1);
    TableOutcome outcome = outcome(then("shrink", source("SELECT range AS id FROM range(3)")), "t");
    assertTrue(outcome.error(), outcome.error().startsWith("KIT-3017 table 't' has 3 rows where there were 1000"));
    assertEquals(1000, count("shrink.t"));
    assertEquals(TableOutcome.Outcome.OK, outcome(then("shrink", source("SELECT range AS id FROM range(600)")), "t").outcome());
  }

  /** A4, C9: a key is one, or the rows are not published. */
  @Test
  public void aKeyThatIsNoneIsRefused() throws Exception {
    first("key", source("SELECT range AS id FROM range(10)"));
    TableOutcome twice = outcome(then("key", source("SELECT range % 9 AS id FROM range(10)")), "t");
    assertTrue(twice.error(), twice.error().contains("the key [id] is not unique, for instance 0 (2 times)"));
    TableOutcome unset = outcome(then("key", source("SELECT nullif(range, 3) AS id FROM range(10)")), "t");
    assertTrue(unset.error(), unset.error().contains("the key [id] is null in 1 rows"));
    assertEquals(10, count("key.t"));
  }
}
