package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.RunRecord.Outcome;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** What a run publishes, and what it leaves as it was. */
public class ExtractionIT extends ScriptedHostTest {

  private static final String TWO = "tables = good, bad\ngood.rows = 10\nbad.rows = 20\n";

  /** C1, C2, B19: a failing table keeps its last good rows, and the others go on. */
  @Test
  public void aFailingTableKeepsItsLastGoodRowsAndHurtsNoOther() throws Exception {
    assertEquals(Outcome.OK, first("partial", TWO).outcome());
    RunRecord run = then("partial", "generation = 2\ntables = good, bad\ngood.rows = 30\nbad.rows = 100\nbad.batch = 10\nbad.fail.after = 50\n");
    assertEquals(Outcome.PARTIAL, run.outcome());
    assertEquals(TableOutcome.Outcome.FAILED, outcome(run, "bad").outcome());
    assertEquals("IllegalStateException: the script says so", outcome(run, "bad").error());
    assertEquals(List.of(List.of("30", "2")), inExtract("partial", "SELECT count(*), max(generation) FROM good"));
    assertEquals(List.of(List.of("20", "1")), inExtract("partial", "SELECT count(*), max(generation) FROM bad"));
    assertEquals(20, count("partial.bad"));
    assertEquals("20", inExtract("partial", "SELECT rows FROM _meta WHERE table_name = 'bad'").get(0).get(0));
  }

  /** D5, D15: a table that never succeeded is absent, not there with no rows. */
  @Test
  public void aTableThatFailsInItsFirstRunIsAbsent() {
    RunRecord run = first("firstfailure", TWO + "bad.fail.after = 0\n");
    assertEquals(Outcome.PARTIAL, run.outcome());
    assertEquals(List.of(List.of("good")), inExtract("firstfailure", "SELECT table_name FROM _meta"));
    assertEquals(List.of(List.of("good")), inExtract("firstfailure", "SELECT view_name FROM duckdb_views() WHERE NOT internal"));
  }

  /** C3, C4: no rows is an answer, and is published with its columns. */
  @Test
  public void anEmptyTableIsPublishedWithItsSchema() throws Exception {
    TableOutcome outcome = outcome(first("hollow", "tables = nothing\n"), "nothing");
    assertEquals(TableOutcome.Outcome.EMPTY, outcome.outcome());
    List<List<String>> columns = List.of(List.of("id", "BIGINT"), List.of("name", "VARCHAR"), List.of("generation", "BIGINT"));
    assertEquals(columns, inExtract("hollow", "SELECT column_name, column_type FROM (DESCRIBE nothing)"));
    then("hollow", "tables = nothing\nnothing.rows = 5\n");
    assertEquals(5, count("hollow.nothing"));
    then("hollow", "tables = nothing\n");
    assertEquals(0, count("hollow.nothing"));
  }

  /** B1 to B4, J11: a name that cannot be a view costs its own table, and no other. */
  @Test
  public void reservedAndCollidingNamesAreRefusedForTheirTablesOnly() {
    RunRecord run = first("names", """
        tables = good, meta, attach, upper, dashed
        good.rows = 1
        meta.view = _meta
        attach.view = _Remote_Attach
        upper.source = another good one
        upper.view = GOOD
        dashed.view = in.c-main.orders
        """);
    assertEquals(Outcome.PARTIAL, run.outcome());
    assertEquals(TableOutcome.Outcome.OK, outcome(run, "good").outcome());
    for (String refused : List.of("meta", "attach", "another good one", "dashed")) {
      assertTrue(run.toString(), outcome(run, refused).error().startsWith("KIT-3007"));
    }
    assertTrue(outcome(run, "another good one").error().contains("'good'"));
  }

  /** B5: a table that is asked for twice is read once. */
  @Test
  public void aTableThatIsNamedTwiceIsReadOnce() throws Exception {
    first("twice", TWO);
    assertEquals(1, run("twice", "good", "GOOD", "good").tables().size());
    assertEquals(List.of(List.of("1")), inExtract("twice", "SELECT count(*) FROM _meta WHERE table_name = 'good'"));
  }

  /** D1: a run of one table leaves the others where they are. */
  @Test
  public void aRunOfOneTableKeepsTheOthers() throws Exception {
    first("targeted", TWO);
    RunRecord run = then("targeted", "generation = 2\ntables = good, bad\ngood.rows = 11\nbad.rows = 21\n", "good");
    assertEquals(1, run.tables().size());
    assertEquals(11, count("targeted.good"));
    assertEquals(20, count("targeted.bad"));
  }

  /** D14: a run that does not hear of a table leaves what is known of it, and when its rows were read. */
  @Test
  public void whatIsKnownOfATableOutlivesADiscoveryWithoutIt() throws Exception {
    first("untold", TWO);
    String known = "SELECT description, schema_json, extracted_at FROM _meta WHERE table_name = 'bad'";
    List<List<String>> before = inExtract("untold", known);
    assertEquals("Table bad", before.get(0).get(0));
    assertEquals(Outcome.OK, then("untold", "tables = good\ngood.rows = 11\n").outcome());
    assertEquals(before, inExtract("untold", known));
    assertEquals(20, count("untold.bad"));
  }

  /** B11: a name that the source does not know is refused, with those that it knows. */
  @Test
  public void anUnknownTableIsRefusedWithTheKnownOnes() throws Exception {
    first("unknown", TWO);
    RunRecord run = run("unknown", "godo");
    assertEquals(Outcome.FAILED, run.outcome());
    assertTrue(run.toString(), outcome(run, "godo").error().contains("[good, bad]"));
    assertEquals(10, count("unknown.good"));
  }

  /** B8: a discovery that suddenly finds nothing removes nothing. */
  @Test
  public void aDiscoveryThatFindsNothingAnyMoreRemovesNothing() throws Exception {
    first("vanished", TWO);
    RunRecord run = then("vanished", "tables =\n");
    assertEquals(Outcome.FAILED, run.outcome());
    assertTrue(run.error(), run.error().startsWith("KIT-3012"));
    assertEquals(10, count("vanished.good"));
  }

  /** B7: a discovery that fails ends the run with a reason, and nothing changes. */
  @Test
  public void aDiscoveryThatFailsEndsTheRunAndChangesNothing() throws Exception {
    first("blind", TWO);
    RunRecord run = then("blind", TWO + "discover.fail.after = 0\ndiscover.fail.text = the source is down\n");
    assertEquals(Outcome.FAILED, run.outcome());
    assertTrue(run.error(), run.error().contains("the source is down"));
    assertEquals(20, count("blind.bad"));
  }

  /** A15: a run that is given up publishes nothing, not even the tables that it had finished. */
  @Test
  public void aCancelledRunPublishesNothing() throws Exception {
    first("cancelled", TWO);
    Path gate = Folders.write(gate("cancelled"), "");
    script("cancelled", "generation = 2\ntables = good, bad\ngood.rows = 30\nbad.rows = 100\nbad.batch = 10\nbad.gate.after = 50\nbad.gate = " + gate);
    List<String> before = Folders.tree(folder("extracts").resolve("cancelled"));
    CompletableFuture<RunRecord> run = runs.start(new RunOrder("cancelled", List.of(), "manual"), RunListener.NONE);
    awaitReached(gate);
    run.cancel(true);
    Await.until("the run has ended", () -> history("cancelled").get(0).outcome() == Outcome.CANCELLED);
    assertEquals(10, count("cancelled.good"));
    assertEquals(List.of(List.of("1")), inExtract("cancelled", "SELECT max(generation) FROM good"));
    Await.until("nothing is left of it", () -> before.equals(Folders.tree(folder("extracts").resolve("cancelled"))));
    Files.delete(gate);
    assertEquals(Outcome.OK, run("cancelled").outcome());
  }

  /** B12: two runs of one instance follow each other. */
  @Test
  public void twoRunsOfOneInstanceFollowEachOther() throws Exception {
    Path gate = Folders.write(gate("serial"), "");
    configure("serial", "scripted", TWO + "good.gate = " + gate);
    awaitReached(gate);
    CompletableFuture<RunRecord> second = runs.start(new RunOrder("serial", List.of(), "manual"), RunListener.NONE);
    CompletableFuture<RunRecord> third = runs.start(new RunOrder("serial", List.of("bad"), "manual"), RunListener.NONE);
    assertFalse("the first one still holds the instance", second.isDone() || third.isDone());
    Files.delete(gate);
    RunRecord two = second.get(30, TimeUnit.SECONDS);
    RunRecord three = third.get(30, TimeUnit.SECONDS);
    RunRecord one = history("serial").get(2);
    assertEquals(List.of(Outcome.OK, Outcome.OK, Outcome.OK), List.of(one.outcome(), two.outcome(), three.outcome()));
    assertTrue(three.toString(), !three.startedAt().isBefore(end(two)) && !two.startedAt().isBefore(end(one)));
  }

  private static Instant end(RunRecord run) {
    return run.startedAt().plusMillis((long) (run.seconds() * 1000) - 1);
  }

  /** D12, D13, D24: the table that others rely on has these columns, in this order, and one row per table. */
  @Test
  public void metaHasExactlyItsSevenColumns() {
    first("meta", TWO);
    List<List<String>> columns = List.of(List.of("table_name", "VARCHAR"), List.of("description", "VARCHAR"), List.of("rows", "BIGINT"),
        List.of("size_bytes", "BIGINT"), List.of("extracted_at", "TIMESTAMP"), List.of("query_mode", "VARCHAR"), List.of("schema_json", "VARCHAR"));
    assertEquals(columns, inExtract("meta", "SELECT column_name, column_type FROM (DESCRIBE _meta)"));
    assertEquals(List.of(List.of("bad", "Table bad", "20", "local", "id"), List.of("good", "Table good", "10", "local", "id")),
        inExtract("meta", "SELECT table_name, description, rows, query_mode, schema_json::JSON->'fields'->0->>'name' FROM _meta ORDER BY 1"));
    assertEquals(List.of(List.of("true")), inExtract("meta", "SELECT bool_and(abs(epoch(now() AT TIME ZONE 'UTC') - epoch(extracted_at)) < 60) FROM _meta"));
  }

  /** C6: how a connector cuts its rows into batches is nobody's business. */
  @Test
  public void theSizeOfTheBatchesDoesNotShowInTheData() throws Exception {
    first("batches", "tables = one\none.rows = 0\n");
    String content = null;
    for (int size : List.of(1, 7, 1000, 100_000)) {
      assertEquals(Outcome.OK, then("batches", "tables = one\none.rows = 1500\none.batch = " + size).outcome());
      String now = inExtract("batches", "SELECT count(*), sum(id), md5(string_agg(id || name || generation, ',')) FROM one").toString();
      assertTrue(size + ": " + now, content == null || content.equals(now));
      content = now;
    }
  }

  /** C1, E5: the stable path names the committed file itself, and an older reader keeps the one that it has. */
  @Test
  public void theStablePathIsALinkToTheCommittedFile() throws Exception {
    first("linked", TWO);
    Path stable = extract("linked").resolveSibling("data/good.parquet");
    String committed = inExtract("linked", "SELECT file FROM _kit_files WHERE table_name = 'good'").get(0).get(0);
    Path old = extract("linked").resolveSibling(committed);
    assertTrue(Files.isSameFile(stable, old));
    then("linked", "generation = 2\ntables = good, bad\ngood.rows = 12\nbad.rows = 1\n");
    String next = inExtract("linked", "SELECT file FROM _kit_files WHERE table_name = 'good'").get(0).get(0);
    assertTrue(Files.isSameFile(stable, extract("linked").resolveSibling(next)));
    assertTrue("the replaced file stays for a while", Files.exists(old) && !Files.isSameFile(old, stable));
  }

  /** Somebody who watches learns how far a table has come, and how fast. */
  @Test
  public void progressTellsRowsBytesAndRate() throws Exception {
    first("watched", TWO);
    Path gate = Folders.write(gate("watched"), "");
    script("watched", "tables = good\ngood.rows = 60000\ngood.batch = 10000\ngood.gate.after = 20000\ngood.gate = " + gate);
    List<String> told = new CopyOnWriteArrayList<>();
    CompletableFuture<RunRecord> run = runs.start(new RunOrder("watched", List.of(), "manual"), new RunListener() {
      @Override
      public void progress(String table, long rows, long bytes, double rowsPerSecond) {
        told.add(table + " " + (rows > 20_000 && rows <= 60_000) + " " + (bytes >= 0) + " " + (rowsPerSecond > 0 && rowsPerSecond < 150_000));
      }
    });
    awaitReached(gate);
    long reached = System.nanoTime();
    Await.until("it is time to tell more", () -> System.nanoTime() - reached > 400_000_000L);
    Files.delete(gate);
    assertEquals(Outcome.OK, run.get(30, TimeUnit.SECONDS).outcome());
    assertTrue(told.toString(), told.contains("good true true true"));
  }
}
