package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.api.WriteMode;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.Runs;
import io.connectorkit.host.WriteRecord;
import io.connectorkit.host.WriteRecord.Outcome;
import io.connectorkit.itests.scripted.Gate;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** Writes that are ended from outside: by their owner, by the limits, with their connector. */
public class WriteEndIT extends WritingHostTest {

  @Override
  protected String settings() {
    return "run.stall.seconds = 5\n";
  }

  @Test
  public void aWriteIsCancelledByWhoeverStartedIt() {
    Path gate = Folders.write(folder("data").resolve("held.gate"), "");
    instance("held", "orders.gate = " + gate);
    CompletableFuture<WriteRecord> write = start("held", "orders", WriteMode.APPEND, TEN, false, "");
    Await.until("it waits at the gate", () -> Files.exists(Gate.reachedMark(gate)));
    write.cancel(true);
    Await.until("its thread has gone", () -> threads("kit-write-held").isEmpty() && threads("kit-run-held-write").isEmpty());
    assertEquals(List.of("APPEND 4 rows from 1"), lines("held.orders.journal"));
  }

  /** The jar goes in the middle; the code that is still at work may read its batch to the end, and the host lives. */
  @Test
  public void aConnectorThatIsRemovedInTheMiddleEndsItsWriteWithTheRowsThatWereTaken() throws Exception {
    ConnectorJar.writing("leaver", "1.0.0").writeTo(deployed("leaver.jar"));
    awaitFile("leaver.jar", State.DEPLOYED);
    Path gate = Folders.write(folder("data").resolve("leaver.gate"), "");
    Folders.write(folder("etc").resolve("connectors/leaver.yaml"), "connector: leaver\nwrites: true\nconfig:\n  script: " + script("leaver",
        "orders.gate = " + gate + "\norders.gate.deaf = true") + "\n");
    awaitRun("leaver", 1);
    CompletableFuture<WriteRecord> write = start("leaver", "orders", WriteMode.APPEND, TEN, false, "");
    Await.until("it waits at the gate", () -> Files.exists(Gate.reachedMark(gate)));
    Files.delete(deployed("leaver.jar"));
    WriteRecord ended = ended(write);
    assertEquals(List.of(Outcome.CANCELLED, 10L, 0L, 0L), counts(ended));
    assertTrue(ended.error(), ended.error().startsWith("KIT-3046 write into 'orders': cancelled; rows 1 to 4 may be written or not"));
    awaitState("leaver", InstanceStatus.State.WAITING);
    Files.delete(gate);
    Await.until("its thread has come back", () -> threads("kit-write-leaver").isEmpty());
    instance("survivor", "");
    assertEquals(Outcome.OK, write("survivor", WriteMode.APPEND, TEN).outcome());
  }

  @Test
  public void aConnectorThatDoesNotAnswerIsGivenUp() throws Exception {
    Path gate = Folders.write(folder("data").resolve("stalled.gate"), "");
    instance("stalled", "orders.gate = " + gate + "\norders.gate.deaf = true");
    WriteRecord stalled = write("stalled", WriteMode.APPEND, TEN);
    assertEquals(List.of(Outcome.FAILED, 10L, 0L, 0L), counts(stalled));
    assertTrue(stalled.error(), stalled.error().contains("KIT-3014 the connector has not answered for 5 s"));
    Files.delete(gate);
    Await.until("its thread has come back", () -> threads("kit-write-stalled").isEmpty());
  }

  /** What a connector keeps of a batch is empty once the call has ended: it gets an exception where it might have ended the process. */
  @Test
  public void aConnectorThatReadsABatchAfterItsCallFailsAlone() {
    instance("keeper", "orders.keep = true");
    WriteRecord kept = write("keeper", WriteMode.APPEND, TEN);
    assertEquals(List.of(Outcome.FAILED, 10L, 4L, 0L), counts(kept));
    assertTrue(kept.error(), kept.error().contains("IndexOutOfBoundsException"));
  }

  @Test
  public void aConnectorThatKeepsMemoryIsNamedInTheLog() {
    instance("leaky", "orders.leak = 4096");
    assertEquals("the rows are taken all the same", Outcome.OK, write("leaky", WriteMode.APPEND, TEN).outcome());
    Await.until("the leak is in the log", () -> Folders.read(Folders.log()).lines()
        .anyMatch(line -> line.contains("KIT-3010 leaky.orders: the connector did not release 12288 bytes")));
  }

  /** An upgrade waits for a write as for a run, lets none begin meanwhile, and ends one that takes too long. */
  @Test
  public void aPauseForAnUpgradeDrainsWritesAndHoldsThemBack() throws Exception {
    Path gate = Folders.write(folder("data").resolve("paused.gate"), "");
    instance("paused", "orders.gate = " + gate);
    long bundle = find("paused").orElseThrow().bundleId();
    CompletableFuture<WriteRecord> first = start("paused", "orders", WriteMode.APPEND, TEN, false, "");
    Await.until("it waits at the gate", () -> Files.exists(Gate.reachedMark(gate)));
    CompletableFuture<Runs.Pause> pause = new CompletableFuture<>();
    Thread upgrade = new Thread(() -> pause.complete(runs.pause(bundle, Duration.ofSeconds(30))));
    upgrade.start();
    Await.until("the upgrade waits", () -> upgrade.getState() == Thread.State.TIMED_WAITING);
    CompletableFuture<WriteRecord> second = start("paused", "orders", WriteMode.DELETE, TEN, false, "");
    Files.delete(gate);
    assertEquals(Outcome.OK, ended(first).outcome());
    Runs.Pause paused = pause.get(30, TimeUnit.SECONDS);
    assertEquals(10, lines("paused.orders").size());
    paused.close();
    assertEquals(Outcome.OK, ended(second).outcome());
    assertEquals(List.of(), lines("paused.orders"));

    Files.delete(Gate.reachedMark(gate));
    Folders.write(gate, "");
    CompletableFuture<WriteRecord> third = start("paused", "orders", WriteMode.APPEND, TEN, false, "");
    Await.until("it waits at the gate", () -> Files.exists(Gate.reachedMark(gate)));
    runs.pause(bundle, Duration.ofMillis(1)).close();
    assertEquals(Outcome.CANCELLED, ended(third).outcome());
  }
}
