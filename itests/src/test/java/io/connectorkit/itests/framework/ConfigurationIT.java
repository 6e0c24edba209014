package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.InstanceStatus.State;
import io.connectorkit.host.RunRecord;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.BrokenYaml;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What becomes of the files in etc/connectors when they come, change and go; and of schedules. */
public class ConfigurationIT extends ScriptedHostTest {

  private static final String THREE_ROWS = "tables = orders\norders.rows = 3\n";

  private Path file(String name) {
    return folder("etc").resolve("connectors").resolve(name);
  }

  /** An instance with lines of its own in its file. */
  private Path configure(String instance, String script, String password, String lines) {
    return configure(instance, script(script, THREE_ROWS), password, lines);
  }

  private Path configure(String instance, Path script, String password, String lines) {
    return Folders.write(file(instance + ".yaml"),
        "connector: scripted\nconfig:\n  script: " + script + "\n  password: " + password + "\n" + lines);
  }

  /** An instance whose first run is held up by its gate. */
  private Path held(String instance) {
    Path gate = Folders.write(gate(instance), "");
    configure(instance, script(instance, THREE_ROWS + "orders.gate.after = 0\norders.gate = " + gate), "swordfish", "");
    awaitReached(gate);
    return gate;
  }

  private Bundle bundle() {
    return context.getBundle(awaitFile("scripted.jar", DeployedFile.State.DEPLOYED).bundleId());
  }

  @Test
  public void aChangedSettingIsARunOfThatInstanceAlone() {
    configure("one", "one", "swordfish", "");
    configure("two", "two", "swordfish", "");
    awaitRun("one", 1);
    awaitRun("two", 1);
    Bundle bundle = bundle();
    long modified = bundle.getLastModified();
    configure("one", "one_more", "swordfish", "");
    assertEquals(RunRecord.Outcome.OK, awaitRun("one", 2).outcome());
    assertEquals(1, history("two").size());
    assertEquals("the bundle was not touched", List.of(modified, Bundle.ACTIVE), List.of(bundle.getLastModified(), bundle.getState()));
  }

  /** What was read by the old configuration is not published by the new one. */
  @Test
  public void aRunWithAnOldConfigurationIsEndedAndThatOfAnotherInstanceGoesOn() throws Exception {
    Path beside = held("beside");
    held("changed");
    configure("changed", script("changed_more", "tables = orders\norders.rows = 5\n"), "swordfish", "");
    Await.until("the new configuration is extracted", () -> history("changed").stream().anyMatch(run -> run.outcome() == RunRecord.Outcome.OK));
    assertEquals(5, count("changed.orders"));
    assertEquals(1, history("changed").stream().filter(run -> run.outcome() == RunRecord.Outcome.OK).count());
    assertEquals(State.RUNNING, find("beside").orElseThrow().state());
    Files.delete(beside);
    assertEquals(RunRecord.Outcome.OK, awaitRun("beside", 1).outcome());
    assertEquals(3, count("beside.orders"));
  }

  @Test
  public void aRunWhoseFileIsRemovedEndsAndPublishesNothing() throws Exception {
    Path gate = held("dropped");
    Files.delete(file("dropped.yaml"));
    Await.until("the instance is gone", () -> find("dropped").isEmpty());
    Await.until("its run is over", () -> history("dropped").stream().anyMatch(run -> run.outcome() == RunRecord.Outcome.CANCELLED));
    Files.delete(gate);
    assertFalse(Files.exists(extract("dropped")));
  }

  /** Neither of these says anything new about the rows. */
  @Test
  public void aCommentAPasswordAndAScheduleAreNoReasonForARun() {
    configure("calm", "calm", "swordfish", "");
    configure("probe", "probe", "swordfish", "");
    awaitRun("calm", 1);
    awaitRun("probe", 1);
    assertNull(find("calm").orElseThrow().nextRun());
    configure("calm", "calm", "octopus", "# from now on\nschedule: weekly mon 02:30\n");
    Await.until("the file was read", () -> find("calm").orElseThrow().nextRun() != null);
    configure("probe", "probe_more", "swordfish", "");
    awaitRun("probe", 2);
    assertEquals(1, history("calm").size());
  }

  @Test
  public void allProblemsOfABrokenFileAreSaidAtOnceAndTheInstanceGoesOnWhenTheyAreGone() {
    Folders.write(file("faulty.yaml"), "connector: scripted\ntabels: [orders]\nconfig:\n  script: x\ntables:\n  orders: {strategy: apend}\n");
    String reason = awaitState("faulty", State.WAITING).reason();
    List<String> expected = List.of("KIT-2002 etc/connectors/faulty.yaml, line 2: 'tabels' is unknown; did you mean 'tables'?",
        "KIT-2002 etc/connectors/faulty.yaml, line 6: 'tables.orders.strategy' is 'apend' and must be replace, append or upsert");
    assertEquals(String.join("; ", expected), reason);
    List<String> explained = instances.explain("faulty");
    expected.forEach(line -> assertTrue(explained.toString(), explained.contains("  WRONG  configuration: " + line + "; correct the file")));
    configure("faulty", "faulty", "swordfish", "");
    assertEquals(RunRecord.Outcome.OK, awaitRun("faulty", 1).outcome());
  }

  /** I4: whoever wrote it, and whatever it was meant to do. */
  @Test
  public void brokenFilesAreNamedEachWithItsReasonAndHurtNobody() throws Exception {
    configure("bystander", "bystander", "swordfish", "");
    awaitRun("bystander", 1);
    List<BrokenYaml> broken = BrokenYaml.all();
    broken.forEach(each -> each.writeTo(file("")));
    for (BrokenYaml each : broken) {
      String reason = Await.value(() -> each + " waits among " + instances.list(), () -> find(each.instance())
          .map(InstanceStatus::reason).filter(text -> each.words().stream().allMatch(text::contains)));
      assertFalse(each.file() + ": " + reason, reason.contains("\n") || reason.contains("swordfish"));
      assertEquals(each.file(), State.WAITING, find(each.instance()).orElseThrow().state());
      assertEquals(List.of(), history(each.instance()));
    }
    assertEquals(RunRecord.Outcome.OK, run("bystander").outcome());
    for (BrokenYaml each : broken) {
      Files.delete(file(each.file()));
    }
    Await.until("all are gone", () -> broken.stream().allMatch(each -> find(each.instance()).isEmpty()));
  }

  /** I3, I10: the file of a secret may come later, as they do in containers. */
  @Test
  public void aSecretWhoseFileAppearsIsWaitedFor() throws Exception {
    Path token = Path.of(System.getenv("KIT_ITESTS_TOKEN_FILE"));
    Files.deleteIfExists(token);
    ConnectorJar.of("guarded", "1.0.0").yaml("name: guarded\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n"
        + "auth:\n  env_vars:\n    - {name: KIT_ITESTS_TOKEN, required: true}\nconfig:\n  script: {type: string, required: true}\n  password: {type: string}\n")
        .writeTo(deployed("guarded.jar"));
    configure("guarded", "guarded", THREE_ROWS);
    String reason = Await.value("it waits for nothing but the file",
        () -> find("guarded").map(InstanceStatus::reason).filter(text -> text.startsWith("KIT-2005")));
    assertTrue(reason, reason.contains("KIT_ITESTS_TOKEN_FILE"));
    Files.writeString(token, "s3cret\n");
    RunRecord run = awaitRun("guarded", 1);
    assertEquals(run.toString(), RunRecord.Outcome.OK, run.outcome());
  }

  @Test
  public void aRemovedFileEndsItsInstanceAndKeepsItsData() throws Exception {
    configure("leaving", "leaving", "swordfish", "schedule: every 1h\n");
    configure("staying", "staying", "swordfish", "");
    awaitRun("leaving", 1);
    Files.delete(file("leaving.yaml"));
    Await.until("the instance is gone", () -> find("leaving").isEmpty());
    assertEquals(3, count("leaving.orders"));
    assertTrue(find("staying").isPresent());
    configure("leaving", "leaving", "swordfish", "");
    awaitState("leaving", State.READY);
    assertEquals("nothing has changed meanwhile", 1, history("leaving").size());
  }

  @Test
  public void aScheduleRunsAgainAndAgainWithoutOverlap() throws Exception {
    Path gate = gate("often");
    configure("often", "often", "swordfish", "schedule: {at: every 1s, jitter: 0s}\n");
    awaitRun("often", 2);
    Folders.write(gate, "");
    script("often", THREE_ROWS + "orders.gate = " + gate);
    awaitReached(gate);
    Instant held = Instant.now();
    Await.until("two times have been passed over", () -> find("often").map(InstanceStatus::nextRun).filter(held.plusSeconds(2)::isBefore).isPresent());
    int before = history("often").size();
    Files.delete(gate);
    awaitRun("often", before + 3);
    Files.delete(file("often.yaml"));
    Await.until("the instance is gone", () -> find("often").isEmpty());
    List<RunRecord> all = new ArrayList<>(history("often"));
    assertEquals("capabilities", all.remove(all.size() - 1).trigger());
    assertTrue(all.toString(), all.stream().allMatch(run -> run.trigger().equals("schedule") && run.outcome() != RunRecord.Outcome.FAILED));
    for (int i = 1; i < all.size(); i++) {
      Instant end = all.get(i).startedAt().plusMillis((long) (all.get(i).seconds() * 1000));
      assertFalse(all.toString(), all.get(i - 1).startedAt().isBefore(end));
      assertFalse("a second apart: " + all, all.get(i - 1).startedAt().isBefore(all.get(i).startedAt().plusMillis(900)));
    }
  }

  @Test
  public void theNextRunIsShown() {
    configure("nightly", "nightly", "swordfish", "schedule: {at: daily 02:30, zone: UTC, jitter: 0s}\n");
    RunRecord run = awaitRun("nightly", 1);
    Instant next = Await.value("the next run", () -> find("nightly").flatMap(status -> Optional.ofNullable(status.nextRun())));
    assertTrue(next.toString(), next.toString().endsWith("T02:30:00Z") && next.isAfter(run.startedAt()));
    assertTrue(instances.explain("nightly").toString(), instances.explain("nightly").contains("  ok     schedule daily 02:30 (UTC), next run " + next));
    assertNotNull(find("nightly").orElseThrow().nextRun());
  }
}
