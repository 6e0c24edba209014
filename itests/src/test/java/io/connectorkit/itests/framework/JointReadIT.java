package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.itests.scripted.Gate;
import io.connectorkit.itests.scripted.JointConnector;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Test;

/** One walk over a source feeds several tables. */
public class JointReadIT extends HostTest {

  private static final String TWO = "issue 01-1 2025-03-01 one\ncomment 1 first\ncomment 2 second\nlink a\nlink a\n"
      + "issue 02-2 2025-03-02 two\ncomment 3 third\n";

  @Before
  public void deployTheConnector() {
    if (!Files.exists(deployed("joint.jar"))) {
      ConnectorJar.of("joint", "1.0.0").implementation(List.of(JointConnector.class, Gate.class)).writeTo(deployed("joint.jar"));
    }
    awaitFile("joint.jar", State.DEPLOYED);
  }

  private RunRecord first(String instance, String script) {
    configure(instance, "joint", script);
    return awaitRun(instance, 1);
  }

  private RunRecord then(String instance, String script, String... tables) throws Exception {
    script(instance, script);
    return run(instance, tables);
  }

  private static TableOutcome outcome(RunRecord run, String table) {
    return run.tables().stream().filter(each -> each.table().equals(table)).findFirst().orElseThrow(() -> new AssertionError(table + " in " + run));
  }

  private List<String> rows(String instance, String columns, String table) {
    return query("SELECT concat_ws(' ', " + columns + ") FROM " + instance + "." + table + " ORDER BY 1").stream().map(row -> (String) row.get(0)).toList();
  }

  private String lastWalk(String instance) {
    List<String> lines = Folders.read(folder("data").resolve(instance + ".script.journal")).lines().toList();
    return lines.get(lines.size() - 1);
  }

  private List<String> watermarks(String instance) {
    return Database.query(folder("extracts").resolve(instance).resolve("extract.duckdb"),
        "SELECT table_name || ' ' || coalesce(watermark, '-') FROM _kit_state ORDER BY 1").stream().map(row -> row.get(0)).toList();
  }

  /** 2, 4, 5: what a ticket's answer says of its children is all of them, rows that went are gone, and one walk reads it all. */
  @Test
  public void oneWalkFillsAllTablesAndBringsThemUpToDate() throws Exception {
    first("joint", TWO);
    assertEquals("walk [comments, issues, links] from the start", lastWalk("joint"));
    assertEquals(List.of("01-1 one", "02-2 two"), rows("joint", "key, title", "issues"));
    assertEquals(List.of("1 01-1 first", "2 01-1 second", "3 02-2 third"), rows("joint", "id, issue, body", "comments"));
    assertEquals(List.of("01-1 a", "01-1 a"), rows("joint", "issue, target", "links"));
    assertEquals(List.of("comments 2025-03-02T00:00:00Z", "issues 2025-03-02T00:00:00Z", "links 2025-03-02T00:00:00Z"), watermarks("joint"));

    RunRecord delta = then("joint", "issue 01-1 2025-03-03 uno\ncomment 2 changed\ncomment 4 new\nlink b\ngone 02-2 2025-03-03\n");
    assertEquals("walk [comments, issues, links] from 2025-03-02T00:00:00Z", lastWalk("joint"));
    assertEquals(delta.toString(), "delta", outcome(delta, "links").mode());
    assertEquals(List.of("01-1 uno"), rows("joint", "key, title", "issues"));
    assertEquals(List.of("2 01-1 changed", "4 01-1 new"), rows("joint", "id, issue, body", "comments"));
    assertEquals(List.of("01-1 b"), rows("joint", "issue, target", "links"));

    RunRecord same = then("joint", "issue 01-1 2025-03-03 uno\ncomment 2 changed\ncomment 4 new\nlink b\n");
    assertEquals(same.toString(), Outcome.UNCHANGED, outcome(same, "issues").outcome());
    assertEquals(List.of("2 01-1 changed", "4 01-1 new"), rows("joint", "id, issue, body", "comments"));
    RunRecord none = then("joint", "");
    assertTrue(none.toString(), none.tables().stream().allMatch(table -> table.outcome() == Outcome.UNCHANGED));
  }

  /** A source that changes between two pages shows a ticket twice: the later one counts, also in a full read. */
  @Test
  public void inAFullReadTheLaterOneCountsAsWell() throws Exception {
    first("twice", TWO + "issue 01-1 2025-03-04 again\ncomment 2 later\n");
    assertEquals(List.of("01-1 again", "02-2 two"), rows("twice", "key, title", "issues"));
    assertEquals(List.of("2 01-1 later", "3 02-2 third"), rows("twice", "id, issue, body", "comments"));
    assertEquals(List.of(), rows("twice", "issue, target", "links"));
    RunRecord empty = runFull("twice", "");
    assertTrue(empty.toString(), empty.tables().stream().allMatch(table -> table.outcome() == Outcome.EMPTY));
  }

  private RunRecord runFull(String instance, String script) throws Exception {
    script(instance, script);
    return runs.start(new RunOrder(instance, List.of(), "manual", true), RunListener.NONE).get();
  }

  /** 2, 3: what is given up keeps its rows and its watermark, and the next walk begins from there. */
  @Test
  public void aTableThatIsGivenUpFailsAlone() throws Exception {
    first("up", TWO);
    RunRecord run = then("up", "issue 01-1 2025-03-05 uno\nup links x\nlink z\nissue 02-2 2025-03-06 dos\n");
    assertEquals(RunRecord.Outcome.PARTIAL, run.outcome());
    assertTrue(run.toString(), outcome(run, "links").error().contains("unknown is not empty"));
    assertEquals(List.of("01-1 a", "01-1 a"), rows("up", "issue, target", "links"));
    assertEquals(List.of("01-1 uno", "02-2 dos"), rows("up", "key, title", "issues"));
    assertEquals(List.of("comments 2025-03-06T00:00:00Z", "issues 2025-03-06T00:00:00Z", "links 2025-03-02T00:00:00Z"), watermarks("up"));
    then("up", "issue 01-1 2025-03-05 uno\nlink z\nend 2025-03-09\n");
    assertEquals("walk [comments, issues, links] from 2025-03-02T00:00:00Z", lastWalk("up"));
    assertEquals(List.of("01-1 z"), rows("up", "issue, target", "links"));
    assertEquals(List.of("comments 2025-03-09T00:00:00Z", "issues 2025-03-09T00:00:00Z", "links 2025-03-09T00:00:00Z"), watermarks("up"));
  }

  /** What comes as a whole beside what changed replaces all rows. */
  @Test
  public void aTableMayComeAsAWholeInAWalkForChanges() throws Exception {
    first("whole", TWO);
    RunRecord run = then("whole", "whole one\nissue 02-2 2025-03-03 dos\n");
    assertEquals(List.of("full", "delta"), List.of(outcome(run, "links").mode(), outcome(run, "issues").mode()));
    assertEquals(List.of("whole one"), rows("whole", "issue, target", "links"));
    assertEquals(List.of("01-1 one", "02-2 dos"), rows("whole", "key, title", "issues"));
    assertEquals("links 2025-03-03T00:00:00Z", watermarks("whole").get(2));
  }

  /** A value that fits nowhere, and a deletion by a column that is not there, are their table's affair. */
  @Test
  public void changesThatDoNotFitFailTheirTableAlone() throws Exception {
    RunRecord run = first("unfit", TWO + "issue 03-3 2025-03-03 three\ncomment x not a number\nscope\n");
    assertTrue(run.toString(), outcome(run, "comments").error().contains("column 'id'"));
    assertTrue(run.toString(), outcome(run, "links").error().contains("colour"));
    assertEquals(3, count("unfit.issues"));
    assertEquals(List.of("issues 2025-03-03T00:00:00Z"), watermarks("unfit"));
    RunRecord whole = then("unfit", TWO);
    assertEquals("walk [comments, issues, links] from the start", lastWalk("unfit"));
    assertEquals("full read: together with comments", outcome(whole, "issues").note());
    assertEquals(2, count("unfit.issues"));
  }

  /** G3: a walk that fails moves nothing, and one that may pass is walked again. */
  @Test
  public void aWalkThatFailsFailsAllItsTables() throws Exception {
    first("broken", TWO);
    RunRecord run = then("broken", "issue 01-1 2025-03-05 uno\nfail x\n");
    assertEquals(RunRecord.Outcome.FAILED, run.outcome());
    assertTrue(run.toString(), run.tables().stream().allMatch(table -> table.error().contains("the walk stumbled")));
    assertEquals(List.of("01-1 one", "02-2 two"), rows("broken", "key, title", "issues"));
    Path mark = folder("data").resolve("broken.mark");
    assertEquals(RunRecord.Outcome.OK, then("broken", "issue 01-1 2025-03-05 uno\nonce " + mark + "\n").outcome());
    assertEquals(List.of("01-1 uno", "02-2 two"), rows("broken", "key, title", "issues"));
  }

  /** One table waits for its first row while others get many: nothing is held in memory, and nothing hangs. */
  @Test
  public void tablesMayFillOneAfterTheOther() throws Exception {
    int rows = Boolean.getBoolean("kit.full") ? 2_000_000 : 60_000;
    RunRecord run = first("many", "many " + rows + "\n" + TWO);
    assertEquals(run.toString(), RunRecord.Outcome.OK, run.outcome());
    assertEquals(rows, count("many.comments"));
    assertEquals(rows + 2, count("many.links"));
    RunRecord some = then("many", "issue 02-2 2025-03-03 two\n", "issues");
    assertEquals("walk [issues] from 2025-03-02T00:00:00Z", lastWalk("many"));
    assertEquals(1, some.tables().size());
  }

  /** C4: a cancelled walk publishes nothing and lets go at once. */
  @Test
  public void aWalkCanBeCancelled() throws Exception {
    first("cancelled", TWO);
    Path gate = Folders.write(folder("data").resolve("cancelled.gate"), "");
    script("cancelled", "issue 01-1 2025-03-05 uno\ngate " + gate + "\n");
    var run = runs.start(new RunOrder("cancelled", List.of(), "manual"), RunListener.NONE);
    Await.until("the walk waits", () -> Files.exists(Gate.reachedMark(gate)));
    run.cancel(true);
    assertEquals(RunRecord.Outcome.CANCELLED, awaitRun("cancelled", 2).outcome());
    Files.delete(gate);
    assertEquals(List.of("01-1 one", "02-2 two"), rows("cancelled", "key, title", "issues"));
  }
}
