package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.RunRecord;
import io.connectorkit.itests.scripted.Gate;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;

/** What becomes of a jar in the deploy folder when it comes, changes and goes. */
public class HotDeployIT extends HostTest {

  private static final String THREE_ROWS = "tables = orders\norders.rows = 3\n";

  /** A run that does not end by itself is waited for a second only. */
  @Override
  @Configuration
  public Option[] configuration() {
    Option[] options = super.configuration();
    Folders.write(KitOptions.etc(getClass()).resolve("io.connectorkit.deployer.cfg"), "drain.seconds = 1\n");
    return options;
  }

  @Test
  public void aGoodJarIsExtractedAndCanBeQueried() {
    configure("good", "good", THREE_ROWS);
    ConnectorJar.of("good", "1.0.0").writeTo(deployed("good.jar"));
    RunRecord run = awaitRun("good", 1);
    assertEquals(RunRecord.Outcome.OK, run.outcome());
    assertEquals("capabilities", run.trigger());
    assertEquals(3, count("good.orders"));
    InstanceStatus status = awaitState("good", InstanceStatus.State.READY);
    assertEquals(List.of("discover", "read"), status.capabilities());
    assertEquals("1.0.0", status.version());
  }

  @Test
  public void aReplacedJarIsUpdatedInPlaceAndExtractedAgain() {
    configure("replaced", "replaced", THREE_ROWS);
    ConnectorJar.of("replaced", "1.0.0").writeTo(deployed("replaced.jar"));
    awaitRun("replaced", 1);
    long id = awaitFile("replaced.jar", State.DEPLOYED).bundleId();
    script("replaced", "tables = orders\norders.rows = 5\n");
    ConnectorJar.of("replaced", "1.1.0").writeTo(deployed("replaced.jar"));
    assertEquals(RunRecord.Outcome.OK, awaitRun("replaced", 2).outcome());
    assertEquals(5, count("replaced.orders"));
    assertEquals("1.1.0", find("replaced").orElseThrow().version());
    assertEquals("the same bundle goes on", id, awaitFile("replaced.jar", State.DEPLOYED).bundleId());
  }

  /** L14: the old version's run ends before its code goes, and what it had read is not published. */
  @Test
  public void aJarThatIsReplacedDuringARunEndsThatRunFirst() throws Exception {
    Path gate = Files.createFile(folder("data").resolve("midway.gate"));
    configure("midway", "midway", "tables = orders\norders.rows = 3\norders.gate.after = 0\norders.gate = " + gate + "\n");
    ConnectorJar.of("midway", "1.0.0").writeTo(deployed("midway.jar"));
    Await.until("the first version reads", () -> Files.exists(Gate.reachedMark(gate)));
    script("midway", "tables = orders\norders.rows = 5\n");
    ConnectorJar.of("midway", "1.1.0").writeTo(deployed("midway.jar"));
    assertEquals(RunRecord.Outcome.OK, Await.value("the second version's run", () -> history("midway").stream()
        .filter(run -> run.lineage().version().equals("1.1.0")).findFirst()).outcome());
    assertEquals(5, count("midway.orders"));
    assertTrue(history("midway").stream().filter(run -> run.lineage().version().equals("1.0.0"))
        .allMatch(run -> run.outcome() == RunRecord.Outcome.CANCELLED));
  }

  @Test
  public void anotherContentOfTheSameVersionIsTakenAsWell() {
    configure("rebuilt", "rebuilt", THREE_ROWS);
    ConnectorJar.of("rebuilt", "1.0.0").writeTo(deployed("rebuilt.jar"));
    awaitRun("rebuilt", 1);
    ConnectorJar.of("rebuilt", "1.0.0").entry("note.txt", "a later build").writeTo(deployed("rebuilt.jar"));
    awaitRun("rebuilt", 2);
  }

  @Test
  public void aRemovedJarIsGoneAndItsDataStays() throws Exception {
    configure("removed", "removed", THREE_ROWS);
    ConnectorJar.of("removed", "1.0.0").writeTo(deployed("removed.jar"));
    awaitRun("removed", 1);
    Files.delete(folder("etc").resolve("connectors/removed.yaml"));
    Files.delete(deployed("removed.jar"));
    Await.until("the instance is gone", () -> find("removed").isEmpty());
    assertFalse(deployFolder.files().stream().anyMatch(file -> file.file().equals("removed.jar")));
    assertFalse(Arrays.stream(context.getBundles()).anyMatch(bundle -> bundle.getSymbolicName().equals("itests.removed")));
    assertEquals(3, count("removed.orders"));
  }

  @Test
  public void badFilesAreRejectedEachWithItsReasonAndHurtNobody() throws Exception {
    configure("bystander", "bystander", THREE_ROWS);
    ConnectorJar.of("bystander", "1.0.0").writeTo(deployed("bystander.jar"));
    awaitRun("bystander", 1);
    Bundle bystander = context.getBundle(awaitFile("bystander.jar", State.DEPLOYED).bundleId());
    long before = bystander.getLastModified();
    byte[] whole = Files.readAllBytes(deployed("bystander.jar"));
    Files.write(deployed("corrupt.jar"), Arrays.copyOf(whole, whole.length / 2));
    Files.write(deployed("empty.jar"), new byte[0]);
    Files.createDirectory(deployed("folder.jar"));
    Files.writeString(deployed("notes.txt"), "to do");
    ConnectorJar.of("library", "1.0.0").header("Provide-Capability", "osgi.service").writeTo(deployed("library.jar"));
    rejected("corrupt.jar", "KIT-1003", "complete");
    rejected("empty.jar", "KIT-1003", "empty");
    rejected("folder.jar", "KIT-1001", "folder");
    rejected("notes.txt", "KIT-1002", ".jar");
    rejected("library.jar", "KIT-1005", "no connector");
    assertEquals("the bystander was not touched", before, bystander.getLastModified());
    assertEquals(Bundle.ACTIVE, bystander.getState());
    assertEquals(1, history("bystander").size());
  }

  private void rejected(String file, String code, String word) {
    DeployedFile rejected = awaitFile(file, State.REJECTED);
    assertTrue(rejected.reason(), rejected.reason().contains(code) && rejected.reason().contains(word));
    assertEquals("one line", 1, rejected.reason().lines().count());
    assertEquals(List.of("file " + file + ": REJECTED: " + rejected.reason()), instances.explain(file));
  }

  @Test
  public void aBrokenReplacementLeavesTheGoodVersionRunning() throws Exception {
    configure("kept", "kept", THREE_ROWS);
    ConnectorJar.of("kept", "1.0.0").writeTo(deployed("kept.jar"));
    awaitRun("kept", 1);
    Files.writeString(deployed("kept.jar"), "not a jar any more");
    assertTrue(awaitFile("kept.jar", State.REJECTED).reason().contains("goes on"));
    assertEquals(RunRecord.Outcome.OK, run("kept").outcome());
  }

  /** A14: capabilities that stand in two places are compared, and both lists shown. */
  @Test
  public void aManifestThatContradictsItsYamlIsRefusedWithBothLists() {
    String yaml = "name: twolists\nversion: \"1.0.0\"\ncapabilities: [discover, read, stream]\n";
    ConnectorJar.of("twolists", "1.0.0").yaml(yaml).writeTo(deployed("twolists.jar"));
    String reason = awaitFile("twolists.jar", State.REJECTED).reason();
    assertTrue(reason, reason.startsWith("KIT-1012") && reason.contains("[discover, read]") && reason.contains("[discover, read, stream]"));
  }

  /** A14, A12: what the class implements counts as well. */
  @Test
  public void aClassThatImplementsMoreThanItDeclaresIsRefusedWithBothLists() {
    configure("toomuch", "toomuch", THREE_ROWS);
    ConnectorJar.of("toomuch", "1.0.0").header("Provide-Capability", "connectorkit.connector;connectorkit.connector=\"toomuch\";"
            + "version:Version=\"1.0.0\";capabilities:List<String>=\"discover\"")
        .yaml("name: toomuch\nversion: \"1.0.0\"\ncapabilities: [discover]\nconfig:\n  script: {type: string, required: true}\n")
        .writeTo(deployed("toomuch.jar"));
    String reason = refused("toomuch");
    assertTrue(reason, reason.contains("[discover]") && reason.contains("[discover, read]"));
  }

  private String refused(String instance) {
    InstanceStatus status = awaitState(instance, InstanceStatus.State.REJECTED);
    assertTrue(history(instance).isEmpty());
    assertTrue(status.reason(), status.reason().startsWith("KIT-1012"));
    return status.reason();
  }

  /** I7: both versions are named, and nothing is installed. */
  @Test
  public void aConnectorForAnotherHostIsRejectedWithBothVersions() {
    ConnectorJar.of("future", "1.0.0").requires("(&(version>=2.0.0)(!(version>=3.0.0)))").writeTo(deployed("future.jar"));
    DeployedFile file = awaitFile("future.jar", State.REJECTED);
    assertEquals("KIT-1027 future.jar: it needs a host of API version >= 2.0.0 and < 3.0.0; this host has 1.0.0; get a version of the connector"
        + " for this host", file.reason());
    assertEquals(-1, file.bundleId());
    assertTrue(instances.explain("future.jar").toString(), instances.explain("future.jar").toString().contains(file.reason()));
  }

  @Test
  public void aMissingPackageIsNamedAndTheBundleStartsOnceSomebodyElseIsRight() {
    ConnectorJar.of("lonely", "1.0.0").imports("com.nowhere;version=\"[2,3)\"").writeTo(deployed("lonely.jar"));
    String reason = awaitFile("lonely.jar", State.UNRESOLVED).reason();
    assertTrue(reason, reason.contains("com.nowhere") && reason.contains(">= 2.0.0"));
    configure("lonely", "lonely", THREE_ROWS);
    ConnectorJar.of("lonely", "1.0.1").writeTo(deployed("lonely.jar"));
    assertEquals(RunRecord.Outcome.OK, awaitRun("lonely", 1).outcome());
  }

  /** I3: what is declared as required is checked before the first run, and named. */
  @Test
  public void aMissingSettingIsNamedAndTheConnectorGoesOnWhenItsFileAppears() {
    ConnectorJar.of("needy", "1.0.0").writeTo(deployed("needy.jar"));
    InstanceStatus waiting = awaitState("needy", InstanceStatus.State.WAITING);
    assertTrue(waiting.reason(), waiting.reason().contains("'script'") && waiting.reason().contains("etc/connectors/needy.yaml"));
    configure("needy", "needy", THREE_ROWS);
    assertEquals(RunRecord.Outcome.OK, awaitRun("needy", 1).outcome());
  }

  /** I3: the same for a secret that the environment should hold. */
  @Test
  public void aMissingVariableOfTheEnvironmentIsNamed() {
    String yaml = "name: secretive\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n"
        + "auth:\n  env_vars:\n    - {name: KIT_ITESTS_NEVER_SET, required: true, description: a token}\n";
    ConnectorJar.of("secretive", "1.0.0").yaml(yaml).writeTo(deployed("secretive.jar"));
    InstanceStatus waiting = awaitState("secretive", InstanceStatus.State.WAITING);
    assertTrue(waiting.reason(), waiting.reason().contains("KIT_ITESTS_NEVER_SET"));
  }

  /** L4: a folder has one owner. */
  @Test
  public void ofTwoFilesWithOneBundleTheNewerVersionCounts() throws Exception {
    configure("twin", "twin", THREE_ROWS);
    ConnectorJar.of("twin", "1.0.0").writeTo(deployed("twin-1.jar"));
    awaitRun("twin", 1);
    ConnectorJar.of("twin", "2.0.0").writeTo(deployed("twin-2.jar"));
    assertEquals("upgraded from 1.0.0 to 2.0.0", awaitFile("twin-2.jar", State.DEPLOYED).note());
    String reason = awaitFile("twin-1.jar", State.SUPERSEDED).reason();
    assertTrue(reason, reason.contains("twin-2.jar") && reason.contains("2.0.0"));
    ConnectorJar.of("twin", "2.0.0").entry("note.txt", "another build").writeTo(deployed("twin-3.jar"));
    reason = awaitFile("twin-3.jar", State.REJECTED).reason();
    assertTrue(reason, reason.contains("twin-2.jar holds it as well"));
    Files.delete(deployed("twin-3.jar"));
    Files.delete(deployed("twin-2.jar"));
    assertEquals("downgraded from 2.0.0 to 1.0.0", awaitFile("twin-1.jar", State.DEPLOYED).note());
    assertEquals("1.0.0", find("twin").orElseThrow().version());
  }

  @Test
  public void aJarThatIsStillBeingCopiedIsTakenOnceItIsWhole() throws Exception {
    configure("slow", "slow", THREE_ROWS);
    Path whole = ConnectorJar.of("slow", "1.0.0").writeTo(folder("data").resolve("slow.jar"));
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(deployed("slow.jar"), Arrays.copyOf(bytes, bytes.length / 3));
    Await.until("the host has looked at the first third", () -> deployFolder.files().stream().anyMatch(file -> file.file().equals("slow.jar")));
    Files.write(deployed("slow.jar"), bytes);
    assertEquals(RunRecord.Outcome.OK, awaitRun("slow", 1).outcome());
    assertEquals(List.of(), Folders.list(folder("deploy")).stream().filter(file -> file.getFileName().toString().startsWith(".")).toList());
  }
}
