package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** Failures of a source, by what is to be done about them; and connectors that do not come back. */
public class FailureIT extends ScriptedHostTest {

  @Override
  @Configuration
  public Option[] configuration() {
    Option[] options = super.configuration();
    Folders.write(KitOptions.etc(getClass()).resolve("io.connectorkit.host.cfg"), "run.stall.seconds = 4\n");
    return options;
  }

  /** A15: what may pass is tried again. */
  @Test
  public void aTransientFailureIsTriedAgain() throws Exception {
    first("transient", "tables = a\na.rows = 10\n");
    Path mark = folder("data").resolve("transient.mark");
    TableOutcome outcome = outcome(then("transient", "generation = 2\ntables = a\na.rows = 20\na.batch = 5\na.fail.after = 10\n"
        + "a.fail.with = transient\na.fail.once = " + mark + "\n"), "a");
    assertEquals(outcome.error(), Outcome.OK, outcome.outcome());
    assertEquals(List.of(List.of("20", "2")), inExtract("transient", "SELECT count(*), max(generation) FROM a"));
  }

  /** A15: what will not pass is not tried again, and is not when trying does not help. */
  @Test
  public void triesComeToAnEnd() {
    TableOutcome outcome = outcome(first("hopeless", "tables = a\na.rows = 10\na.fail.after = 0\na.fail.with = transient\n"), "a");
    assertEquals(Outcome.FAILED, outcome.outcome());
    assertEquals("the script says so", outcome.error());
  }

  /** I8: refused credentials end the run; nobody gets locked out by a hundred more attempts. */
  @Test
  public void refusedCredentialsEndTheRun() {
    RunRecord run = first("refused", "tables = a, b, c, d\na.rows = 1\nb.fail.after = 0\nb.fail.with = authentication\n"
        + "c.fail.after = 0\nc.fail.with = authentication\nd.fail.after = 0\nd.fail.with = authentication\n");
    long failed = run.tables().stream().filter(table -> table.outcome() == Outcome.FAILED).count();
    assertTrue(run.toString(), failed >= 1 && failed <= 2);
    assertEquals(Outcome.SKIPPED, outcome(run, "d").outcome());
    assertEquals("not tried: the script says so", outcome(run, "d").error());
    assertEquals(Outcome.OK, outcome(run, "a").outcome());
  }

  /** B20, L2: a connector that delivers nothing for too long fails that table; the others are published. */
  @Test
  public void aStalledTableFailsAlone() throws Exception {
    Path gate = Files.createFile(gate("stalled"));
    RunRecord run = first("stalled", "tables = slow, quick\nslow.rows = 10\nslow.gate.after = 0\nslow.gate = " + gate + "\nquick.rows = 5\n");
    assertEquals("KIT-3014 table 'slow': no batch for 4 s; check the source, or raise run.stall.seconds", outcome(run, "slow").error());
    assertEquals(5, count("stalled.quick"));
    Files.delete(gate);
  }

  /** A15, B20, L2: cancelling works on a connector that hears nothing, and frees what it held; its thread is named until it comes back. */
  @Test
  public void aDeafConnectorIsLeftBehind() throws Exception {
    first("deaf", "tables = a\na.rows = 10\n");
    Path gate = Files.createFile(gate("deaf"));
    script("deaf", "generation = 2\ntables = a\na.rows = 20\na.batch = 5\na.deaf.after = 10\na.gate = " + gate + "\n");
    CompletableFuture<RunRecord> run = runs.start(new RunOrder("deaf", List.of(), "manual"), RunListener.NONE);
    awaitReached(gate);
    run.cancel(true);
    Await.until("the run has ended", () -> history("deaf").size() == 2);
    assertEquals(RunRecord.Outcome.CANCELLED, history("deaf").get(0).outcome());
    assertEquals(List.of(List.of("10", "1")), inExtract("deaf", "SELECT count(*), max(generation) FROM a"));
    assertEquals(List.of(), Folders.list(extract("deaf").resolveSibling(".kit/tmp")));
    assertEquals(RunRecord.Outcome.OK, then("deaf", "generation = 3\ntables = a\na.rows = 30\n").outcome());
    assertEquals(30, count("deaf.a"));
    Files.delete(gate);
    Await.until("the connector's thread has come back", () -> Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().startsWith("kit-read-deaf")));
  }

  /** B18: who listens to a run does not decide how it ends. */
  @Test
  public void aListenerThatThrowsDoesNotHurtTheRun() throws Exception {
    first("heard", "tables = a, b\na.rows = 10\nb.rows = 5\n");
    script("heard", "generation = 2\ntables = a, b\na.rows = 20\na.batch = 1\nb.rows = 6\n");
    RunListener bad = (RunListener) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {RunListener.class},
        (proxy, method, arguments) -> {
          throw new IllegalStateException("I do not want to hear of " + method.getName());
        });
    assertEquals(RunRecord.Outcome.OK, runs.start(new RunOrder("heard", List.of(), "manual"), bad).get(60, TimeUnit.SECONDS).outcome());
    assertEquals(List.of(20L, 6L), List.of(count("heard.a"), count("heard.b")));
  }
}
