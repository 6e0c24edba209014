package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.RunRecord.Outcome;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.Test;

/** Connectors that break the rules: the host lives, says what happened, and everybody else's data is right. */
public class HostileConnectorIT extends ScriptedHostTest {

  private static final String GOOD = "tables = good, bad\ngood.rows = 10\nbad.rows = 100\n";

  private RunRecord onlyBadFails(String instance, String script) {
    RunRecord run = first(instance, GOOD + script);
    assertEquals(run.toString(), Outcome.PARTIAL, run.outcome());
    assertEquals(TableOutcome.Outcome.OK, outcome(run, "good").outcome());
    assertEquals(TableOutcome.Outcome.FAILED, outcome(run, "bad").outcome());
    assertEquals(10, count(instance + ".good"));
    return run;
  }

  /** DuckDB goes on reading a batch while it asks for the next: without the guard this ends the process. */
  @Test
  public void aConnectorThatWritesOverItsOwnBatchesFailsAlone() {
    RunRecord run = onlyBadFails("reusing", "bad.batch = 10\nbad.reuse = true\n");
    assertFalse(outcome(run, "bad").error().isEmpty());
  }

  /** B21: an Error is no reason for the host to die, nor for another table to fail. */
  @Test
  public void anOutOfMemoryErrorFailsItsTableOnly() {
    String error = outcome(onlyBadFails("greedy", "bad.batch = 10\nbad.fail.after = 50\nbad.fail.with = memory\n"), "bad").error();
    assertEquals("OutOfMemoryError: the script says so", error);
  }

  /** B21. */
  @Test
  public void aMissingClassFailsItsTableOnly() {
    String error = outcome(onlyBadFails("classless", "bad.fail.after = 0\nbad.fail.with = linkage\nbad.fail.text = acme/Client\n"), "bad").error();
    assertEquals("NoClassDefFoundError: acme/Client", error);
  }

  /** B21. */
  @Test
  public void anEndlessRecursionFailsItsTableOnly() {
    String error = outcome(onlyBadFails("endless", "bad.fail.after = 0\nbad.fail.with = stack\n"), "bad").error();
    assertEquals("StackOverflowError", error);
  }

  /** B21: the same while it is asked for its tables. */
  @Test
  public void anErrorInDiscoveryFailsTheRunAndNotTheHost() {
    for (String with : new String[] {"memory", "linkage", "stack"}) {
      String instance = "discovery_" + with;
      RunRecord run = first(instance, GOOD + "discover.fail.after = 0\ndiscover.fail.with = " + with + "\n");
      assertEquals(with, Outcome.FAILED, run.outcome());
      assertTrue(run.error(), run.error().startsWith("KIT-3003"));
      assertEquals(InstanceStatus.State.FAILED, awaitState(instance, InstanceStatus.State.FAILED).state());
    }
  }

  /** B13: what people see holds no secret, no password of a URL, and is one line of bounded length. */
  @Test
  public void anErrorIsShownWithoutSecretsAndInOneLine() {
    String error = outcome(onlyBadFails("talkative", "bad.fail.after = 0\nbad.fail.text = cannot log in with swordfish at"
        + " https://kit:hunter2@example.org/api\\nbecause\\n" + "x".repeat(5000) + "\n"), "bad").error();
    assertFalse(error, error.contains("swordfish") || error.contains("hunter2"));
    assertTrue(error, error.contains("https://***@example.org/api because"));
    assertEquals(1, error.lines().count());
    assertTrue("bounded", error.length() < 600);
    assertFalse(instances.explain("talkative").toString().contains("swordfish"));
    assertFalse(Folders.read(log()).contains("swordfish"));
  }

  /** What is not given back is found out, and named. */
  @Test
  public void aConnectorThatKeepsMemoryIsNamedInTheLog() {
    RunRecord run = first("leaking", GOOD + "bad.leak = 4096\n");
    assertEquals("its rows are right all the same", Outcome.OK, run.outcome());
    Await.until("the leak is in the log", () -> warnings().anyMatch(line -> line.contains("leaking.bad") && line.contains("4096")));
    assertFalse(warnings().anyMatch(line -> line.contains("leaking.good")));
  }

  private Stream<String> warnings() {
    return Folders.read(log()).lines().filter(line -> line.contains("KIT-3010"));
  }

  private static Path log() {
    return Folders.log();
  }
}
