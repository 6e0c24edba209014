package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.KitException;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.States;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableStatus;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;

/** How far tables have been read, and how an operator sends them back to the start (G9). */
public class StateIT extends ScriptedHostTest {

  @Inject
  private States states;

  /** Two tables that grow with their ids; an old row is corrected at the source without a new id, which no delta can see. */
  private static String source(int rows, String name) {
    return "tables = a, b\n" + table("a", rows, name) + table("b", rows, name);
  }

  private static String table(String table, int rows, String name) {
    return "%1$s.kind = query\n%1$s.key = id\n%1$s.incremental = id\n%1$s.sql = SELECT range AS id, '%2$s' AS name FROM range(%3$d)\n"
        .formatted(table, name, rows);
  }

  private TableStatus state(String instance, String table) {
    return states.list(instance).stream().filter(each -> each.table().equals(table)).findFirst().orElseThrow();
  }

  private long named(String table, String name) {
    return count(table + " WHERE name = '" + name + "'");
  }

  private RunRecord full(String instance) throws Exception {
    return runs.start(new RunOrder(instance, List.of(), "manual", true), RunListener.NONE).get(60, TimeUnit.SECONDS);
  }

  @Test
  public void stateTellsHowFarEachTableWasReadAndInWhichFilesItIs() throws Exception {
    RunRecord first = first("stated", source(10, "old"));
    TableStatus before = state("stated", "a");
    assertEquals(List.of("upsert", "LONG", "9", 10L, 1, 0), List.of(before.strategy(), before.watermarkKind(), before.watermark(), before.rows(),
        before.dataFiles(), before.deleteFiles()));
    assertEquals(first.run(), before.run());
    assertTrue(before.toString(), before.basis().contains("strategy=upsert") && before.bytes() > 0 && before.resetAt().isEmpty());
    then("stated", source(12, "old"));
    TableStatus after = state("stated", "a");
    assertEquals(List.of("11", 12L, 2), List.of(after.watermark(), after.rows(), after.dataFiles()));
    assertEquals("all rows were read by the first run", before.refreshedAt(), after.refreshedAt());
    assertTrue(after.readAt().isAfter(before.readAt()));
  }

  @Test
  public void aResetTableIsReadFromTheStartOnceAndTheOthersGoOn() throws Exception {
    first("reset", source(10, "old"));
    then("reset", source(12, "new"));
    List<RunRecord> history = history("reset");
    assertEquals("only the boundary and what comes after it is read", 3, named("reset.a", "new"));

    states.reset("reset", List.of("A"));
    TableStatus reset = state("reset", "a");
    assertEquals(List.of("", "", 12L), List.of(reset.watermarkKind(), reset.watermark(), reset.rows()));
    assertTrue(reset.toString(), reset.resetAt().isPresent() && reset.basis().stream().noneMatch(line -> line.contains("reset")));
    assertEquals("11", state("reset", "b").watermark());
    assertEquals("what is published stays", 3, named("reset.a", "new"));
    assertEquals("a reset is no run", history, history("reset"));

    RunRecord run = run("reset");
    assertEquals(List.of("full", "full read: the state was reset", ""),
        List.of(outcome(run, "a").mode(), outcome(run, "a").note(), outcome(run, "a").watermarkBefore()));
    assertEquals(List.of("delta", ""), List.of(outcome(run, "b").mode(), outcome(run, "b").note()));
    assertEquals(12, named("reset.a", "new"));
    assertEquals(3, named("reset.b", "new"));
    assertEquals(Optional.empty(), state("reset", "a").resetAt());
    assertEquals("delta", outcome(run("reset"), "a").mode());
  }

  @Test
  public void aResetSurvivesARunThatFails() throws Exception {
    first("again", source(10, "old"));
    states.reset("again", List.of("a"));
    TableOutcome failed = outcome(then("again", source(10, "new").replace("SELECT range AS id", "SELECT CAST(error('no') AS BIGINT) AS id")), "a");
    assertEquals(TableOutcome.Outcome.FAILED, failed.outcome());
    assertTrue(state("again", "a").resetAt().isPresent());
    assertEquals(10, named("again.a", "old"));
    assertEquals("full read: the state was reset", outcome(then("again", source(10, "new")), "a").note());
    assertEquals(10, named("again.a", "new"));
  }

  @Test
  public void anUnknownTableIsRefusedAndNothingIsReset() {
    first("strict", source(10, "old"));
    KitException refused = assertThrows(KitException.class, () -> states.reset("strict", List.of("a", "c")));
    assertEquals("KIT-4017 reset of 'strict': no table 'c' is published; published are [a, b]; nothing is reset", refused.getMessage());
    assertEquals("9", state("strict", "a").watermark());
    assertEquals("KIT-3001", assertThrows(KitException.class, () -> states.list("nobody")).code());
    assertEquals("KIT-3001", assertThrows(KitException.class, () -> states.reset("../strict", List.of("a"))).code());
  }

  @Test
  public void aRunThatGoesOnIsNotInterferedWith() throws Exception {
    first("busy", source(10, "old"));
    Path gate = Folders.write(gate("busy"), "");
    script("busy", source(12, "new") + "a.gate = " + gate);
    CompletableFuture<RunRecord> run = runs.start(new RunOrder("busy", List.of(), "manual"), RunListener.NONE);
    awaitReached(gate);
    assertEquals("KIT-3002", assertThrows(KitException.class, () -> states.reset("busy", List.of("a"))).code());
    Files.delete(gate);
    assertEquals("delta", outcome(run.get(60, TimeUnit.SECONDS), "a").mode());
    states.reset("busy", List.of("a"));
    assertTrue(state("busy", "a").resetAt().isPresent());
  }

  /** Nothing new is a success, whichever way one looks at it. */
  @Test
  public void aFullRunReadsAllAndAnUnchangedTableCountsAsASuccess() throws Exception {
    first("whole", source(10, "old"));
    RunRecord same = run("whole");
    assertEquals(RunRecord.Outcome.OK, same.outcome());
    assertEquals(TableOutcome.Outcome.UNCHANGED, outcome(same, "a").outcome());
    script("whole", source(10, "new"));
    RunRecord all = full("whole");
    assertEquals(List.of("full", "full read: asked for"), List.of(outcome(all, "b").mode(), outcome(all, "b").note()));
    assertEquals(10, named("whole.b", "new"));
  }

  @Test
  public void aRunKeepsWhichCodeItsRowsCameThrough() {
    RunRecord.Lineage lineage = first("traced", source(10, "old")).lineage();
    assertEquals(List.of("scripted", "1.0.0"), List.of(lineage.connector(), lineage.version()));
    assertTrue(lineage.toString(), lineage.bundle().endsWith(" 1.0.0") && lineage.jarSha256().matches("[0-9a-f]{64}"));
    assertEquals(List.of(List.of("scripted", "1.0.0", lineage.bundle(), lineage.jarSha256())),
        inExtract("traced", "SELECT connector, version, bundle, jar_sha256 FROM _kit_runs"));
  }
}
