package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.RunRecord;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.util.Arrays;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** A jar that is replaced over and over, as by a build that never rests. */
public class RestlessJarIT extends HostTest {

  private static final long MILLIS = Boolean.getBoolean("kit.full") ? 60_000 : 3_000;

  @Test
  public void whoeverReplacesAJarTenTimesASecondHasTheLastOneInTheEnd() throws Exception {
    replace("hasty", 100);
  }

  /** Slow enough for each to be taken, and too fast for an upgrade to be done with when the next one comes. */
  @Test
  public void whoeverReplacesAJarInTheMiddleOfEachUpgradeHasTheLastOneInTheEnd() throws Exception {
    replace("steady", 400);
  }

  private void replace(String name, long interval) throws Exception {
    String file = name + ".jar";
    configure(name, name, "tables = orders\norders.rows = 3\n");
    ConnectorJar.of(name, "1.0.0").writeTo(deployed(file));
    assertEquals(RunRecord.Outcome.OK, awaitRun(name, 1).outcome());
    AtomicInteger version = new AtomicInteger();
    Queue<String> refused = new ConcurrentLinkedQueue<>();
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    threads.scheduleAtFixedRate(() -> ConnectorJar.of(name, "1.0." + version.incrementAndGet()).writeTo(deployed(file)), 0, interval,
        TimeUnit.MILLISECONDS);
    // A refusal is shown until another file is taken, which is longer than this.
    threads.scheduleAtFixedRate(() -> deployFolder.files().stream().filter(each -> each.file().equals(file) && !each.reason().isEmpty())
        .forEach(each -> refused.add(each.reason())), 0, 5, TimeUnit.MILLISECONDS);
    assertTrue("both go on", !threads.awaitTermination(MILLIS, TimeUnit.MILLISECONDS));
    threads.shutdown();
    assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
    String last = "1.0." + version.get();
    Await.until(last, () -> awaitFile(file, State.DEPLOYED).version().equals(last));
    RunRecord run = Await.value("a run of " + last, () -> history(name).stream().filter(each -> each.lineage().version().equals(last)).findFirst());
    assertEquals(run.error(), RunRecord.Outcome.OK, run.outcome());
    assertEquals(Set.of(), new TreeSet<>(refused));
    assertEquals(3, count(name + ".orders"));
    assertEquals(1, Arrays.stream(context.getBundles()).filter(bundle -> ("itests." + name).equals(bundle.getSymbolicName())).count());
    Set<String> needed = deployFolder.files().stream().flatMap(each -> Stream.of(each.sha256() + ".jar", each.bundle() + ".properties"))
        .collect(Collectors.toCollection(TreeSet::new));
    Await.until("only what is needed is kept: " + needed, () -> needed.equals(Folders.list(folder("data").resolve("bundles")).stream()
        .map(each -> each.getFileName().toString()).collect(Collectors.toSet())));
    System.out.printf("%d replacements, one every %d ms, of which %d were extracted%n", version.get(), interval, history(name).size());
  }
}
