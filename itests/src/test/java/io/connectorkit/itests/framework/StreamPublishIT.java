package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.api.Changes;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.itests.scripted.Gate;
import io.connectorkit.itests.scripted.JointConnector;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Test;

/** Batches of a stream's changes beside runs of the same instance: neither waits for the other, and none loses what the other brought. */
public class StreamPublishIT extends HostTest {

  private static final String INTERNAL = "io.connectorkit.runtime.internal.";
  private static final String TWO = "issue 01-1 2025-03-01 one\ncomment 1 first\nissue 02-2 2025-03-02 two\ncomment 3 third\n";

  @Before
  public void deployTheConnector() {
    if (!Files.exists(deployed("joint.jar"))) {
      ConnectorJar.of("joint", "1.0.0").implementation(List.of(JointConnector.class, Gate.class)).writeTo(deployed("joint.jar"));
    }
    awaitFile("joint.jar", State.DEPLOYED);
  }

  /** As the host's own workers do; the host exports none of it. */
  private void publish(String instance, Changes changes, Map<String, String> marks) throws Exception {
    Object registry = context.getService(context.getServiceReference(INTERNAL + "registry.Registry"));
    Object configured = registry.getClass().getMethod("require", String.class).invoke(registry, instance);
    Object publisher = context.getService(context.getServiceReference(INTERNAL + "extract.ChangePublisher"));
    publisher.getClass().getMethod("publish", configured.getClass(), List.class, Changes.class, Map.class)
        .invoke(publisher, configured, JointConnector.tables(true), changes, marks);
  }

  private static Map<String, Object> issue(String key, String day, String title) {
    return Map.of("key", key, "title", title, "updated", Instant.parse(day + "T00:00:00Z"));
  }

  private List<String> rows(String instance, String columns, String table) {
    return query("SELECT concat_ws(' ', " + columns + ") FROM " + instance + "." + table + " ORDER BY 1").stream().map(row -> (String) row.get(0)).toList();
  }

  private List<List<String>> inExtract(String instance, String sql) {
    return Database.query(folder("extracts").resolve(instance).resolve("extract.duckdb"), sql);
  }

  /** H2, H11, H12: a batch is there at once in all tables with its marks, and is no run. */
  @Test
  public void aBatchIsSeenAtOnce() throws Exception {
    configure("seen", "joint", "partitioned\n" + TWO);
    awaitRun("seen", 1);
    publish("seen", new Changes().upsert("issues", issue("03-3", "2025-03-03", "three"))
        .replace("comments", Map.of("issue", "01-1"), List.of(Map.of("id", 9L, "issue", "01-1", "body", "new"))), Map.of("inbox", "5"));
    assertEquals(List.of("01-1 one", "02-2 two", "03-3 three"), rows("seen", "key, title", "issues"));
    assertEquals(List.of("3 third", "9 new"), rows("seen", "id, body", "comments"));
    assertEquals(List.of(List.of("inbox", "5")), inExtract("seen", "FROM _kit_marks"));
    assertEquals(1, history("seen").size());
    RunRecord run = run("seen");
    assertEquals(RunRecord.Outcome.OK, run.outcome());
    assertEquals(List.of(List.of("inbox", "5")), inExtract("seen", "FROM _kit_marks"));
    assertEquals(List.of("01-1 one", "02-2 two", "03-3 three"), rows("seen", "key, title", "issues"));
  }

  /** H8, H16: what a stream brings while a run reads is neither held up nor undone by it, whether the run reads all or what is new. */
  @Test
  public void aRunKeepsWhatStreamsPublishedMeanwhile() throws Exception {
    for (boolean full : List.of(false, true)) {
      String name = "meanwhile_" + full;
      configure(name, "joint", TWO);
      awaitRun(name, 1);
      Path gate = Folders.write(folder("data").resolve(name + ".gate"), "");
      script(name, "issue 01-1 2025-03-05 uno\ncomment 1 erst\ncomment 2 read\nissue 02-2 2025-03-05 dos\ncomment 3 third\ngate " + gate + "\n");
      CompletableFuture<RunRecord> run = runs.start(new RunOrder(name, List.of(), "manual", full), RunListener.NONE);
      Await.until("the walk waits", () -> Files.exists(Gate.reachedMark(gate)));
      for (int i = 0; i < 8; i++) {
        publish(name, new Changes().upsert("issues", issue("05-5", "2025-03-06", "stream " + i)), Map.of("inbox", String.valueOf(i)));
      }
      publish(name, new Changes().upsert("issues", issue("02-2", "2025-03-04", "older")).delete("comments", Map.of("issue", "01-1")), Map.of("inbox", "8"));
      assertTrue("seen before the run ends", rows(name, "key, title", "issues").contains("05-5 stream 7"));
      Files.delete(gate);
      RunRecord record = run.get(60, TimeUnit.SECONDS);
      assertEquals(record.toString(), RunRecord.Outcome.OK, record.outcome());
      assertEquals(List.of("01-1 uno", "02-2 dos", "05-5 stream 7"), rows(name, "key, title", "issues"));
      assertEquals(List.of("3 third"), rows(name, "id, body", "comments"));
      assertEquals(List.of(List.of("8")), inExtract(name, "SELECT mark FROM _kit_marks"));
      assertEquals(List.of(List.of("3")), inExtract(name, "SELECT rows FROM _meta WHERE table_name = 'issues'"));
    }
  }
}
