package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.TableOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.Test;

/** However a source cuts its rows into batches, what is published is the same. */
public class BatchSizeIT extends ScriptedHostTest {

  private static final int ROWS = 3000;
  private static final List<Integer> SIZES = List.of(1, 7, 1_000, 100_000, ROWS);

  private static String source(int generation, int batch, String more) {
    return "generation = " + generation + "\ntables = t\nt.kind = sliced\nt.rows = " + ROWS + "\nt.batch = " + batch + "\n" + more;
  }

  private List<Object> published(String instance) {
    return List.of(
        inExtract(instance, "SELECT table_name, description, rows, query_mode, schema_json FROM _meta"),
        inExtract(instance, "SELECT column_name, column_type FROM (DESCRIBE t)"),
        inExtract(instance, "SELECT t::VARCHAR FROM t ORDER BY id"));
  }

  @Test
  public void rowsSchemaAndMetaDoNotDependOnTheSizeOfBatches() throws Exception {
    Set<Object> first = new HashSet<>();
    Set<Object> second = new HashSet<>();
    Set<Object> changes = new HashSet<>();
    for (int size : SIZES) {
      String instance = "size" + size;
      TableOutcome outcome = outcome(first(instance, source(1, size, "")), "t");
      assertEquals(outcome.toString(), TableOutcome.Outcome.OK, outcome.outcome());
      first.add(published(instance));
      TableOutcome drifted = outcome(then(instance, source(2, size, "")), "t");
      assertTrue(drifted.toString(), drifted.outcome() == TableOutcome.Outcome.OK && drifted.schemaChanges().size() > SIZES.size());
      second.add(published(instance));
      changes.add(drifted.schemaChanges());
    }
    assertEquals(List.of(1, 1, 1), List.of(first.size(), second.size(), changes.size()));
  }

  /** C5: columns that change under way fail the table, and nothing of it is published. */
  @Test
  public void columnsThatChangeUnderWayFailTheTableInTheSameWay() throws Exception {
    Set<String> errors = new HashSet<>();
    for (int size : SIZES) {
      String instance = "change" + size;
      first(instance, source(1, size, ""));
      errors.add(outcome(then(instance, source(1, size, "t.change.after = 2000\n")), "t").error());
      assertEquals(ROWS, count(instance + ".t"));
    }
    assertEquals(errors.toString(), 1, errors.size());
    String error = errors.iterator().next();
    assertTrue(error, error.startsWith("KIT-3005 table 't': the batches change their columns under way"));
  }
}
