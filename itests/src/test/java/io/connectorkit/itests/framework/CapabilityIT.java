package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.RunRecord;
import io.connectorkit.itests.scripted.FileTable;
import io.connectorkit.itests.scripted.OddConnector;
import io.connectorkit.itests.scripted.ReadsOnly;
import io.connectorkit.itests.scripted.Script;
import io.connectorkit.itests.scripted.WritingConnector;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.util.List;
import org.junit.Test;

/** What a connector may declare and do, and what becomes of one that declares or does more, or less. */
public class CapabilityIT extends HostTest {

  private static ConnectorJar declaring(String name, String capabilities, Class<?>... implementation) {
    return ConnectorJar.of(name, "1.0.0").implementation(List.of(implementation))
        .header("Provide-Capability", "connectorkit.connector;connectorkit.connector=\"" + name + "\";version:Version=\"1.0.0\";"
            + "capabilities:List<String>=\"" + capabilities + "\"")
        .yaml("name: " + name + "\nversion: \"1.0.0\"\ncapabilities: [" + capabilities + "]\n");
  }

  /** A13: what nobody knows is refused, not accepted in silence. */
  @Test
  public void aCapabilityThatNobodyKnowsIsRefused() {
    declaring("wants_more", "discover,read,teleport", OddConnector.class).writeTo(deployed("wants_more.jar"));
    String reason = awaitFile("wants_more.jar", DeployedFile.State.REJECTED).reason();
    assertTrue(reason, reason.startsWith("KIT-2002") && reason.contains("unknown capability 'teleport'"));
    assertEquals(1, reason.lines().count());
    assertTrue(history("wants_more").isEmpty() && find("wants_more").isEmpty());
  }

  /** A14: what is declared is implemented, and the other way round. */
  @Test
  public void aConnectorThatDeclaresWhatItCannotOrCanWhatItDoesNotDeclareIsRefused() {
    for (String capability : List.of("stream", "remote", "write")) {
      String name = "boasts_" + capability;
      declaring(name, "discover,read," + capability, OddConnector.class).writeTo(deployed(name + ".jar"));
      refusal(name, "[discover, read, " + capability + "]", "[discover, read]");
    }
    declaring("modest", "discover,read", WritingConnector.class, FileTable.class, Script.class, Script.Table.class).writeTo(deployed("modest.jar"));
    refusal("modest", "[discover, read]", "[discover, read, write]");
  }

  private void refusal(String name, String declared, String implemented) {
    String reason = awaitState(name, InstanceStatus.State.REJECTED).reason();
    assertTrue(reason, reason.startsWith("KIT-1012") && reason.contains("declared capabilities " + declared)
        && reason.contains("implemented ones " + implemented));
  }

  /** B10: a connector that cannot tell its tables ends a run before anything is touched. */
  @Test
  public void aConnectorThatCannotDiscoverIsToldSoBeforeAnythingIsWritten() throws Exception {
    declaring("mute", "read", ReadsOnly.class).writeTo(deployed("mute.jar"));
    RunRecord automatic = awaitRun("mute", 1);
    RunRecord run = run("mute");
    for (RunRecord each : List.of(automatic, run)) {
      assertEquals(RunRecord.Outcome.FAILED, each.outcome());
      assertTrue(each.error(), each.error().startsWith("KIT-3003") && each.error().contains("cannot discover"));
      assertEquals(List.of(), each.tables());
    }
    assertFalse(Files.exists(folder("extracts").resolve("mute")));
    assertTrue(awaitState("mute", InstanceStatus.State.FAILED).reason().contains("KIT-3003"));
  }

  private String failure(String name, String does) {
    Folders.write(folder("etc").resolve("connectors/" + name + ".yaml"), "connector: " + name + "\nconfig: {does: " + does + "}\n");
    // Required, so that it waits for its configuration.
    declaring(name, "discover,read", OddConnector.class).yaml("name: " + name + "\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n"
        + "config:\n  does: {type: string, required: true}\n").writeTo(deployed(name + ".jar"));
    RunRecord run = awaitRun(name, 1);
    assertEquals(run.toString(), RunRecord.Outcome.FAILED, run.outcome());
    return run.tables().get(0).error();
  }

  /** F4: a table whose columns are not declared cannot be published, for no change of them would ever be seen. */
  @Test
  public void aTableThatPromisesNoColumnsIsNotPublished() {
    String error = failure("vague", "promises nothing");
    assertTrue(error, error.startsWith("KIT-3007") && error.contains("no columns"));
  }

  /** L3: a connector is given what it has declared, and no other variable of the host's environment. */
  @Test
  public void aSecretThatIsNotDeclaredIsNotGiven() {
    String error = failure("nosy", "asks for more");
    assertTrue(error, error.contains("secret PATH is not declared") && !error.contains(System.getenv("PATH")));
  }
}
