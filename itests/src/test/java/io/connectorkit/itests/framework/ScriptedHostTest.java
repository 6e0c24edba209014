package io.connectorkit.itests.framework;

import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.itests.scripted.Gate;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;

/** A host with the scripted connector deployed; each test has an instance of its own. */
public abstract class ScriptedHostTest extends HostTest {

  @Before
  public void deployTheScriptedConnector() {
    if (!Files.exists(deployed("scripted.jar"))) {
      ConnectorJar.of("scripted", "1.0.0").writeTo(deployed("scripted.jar"));
    }
    awaitFile("scripted.jar", State.DEPLOYED);
  }

  /** Makes an instance and waits for the run that its appearance starts. */
  protected RunRecord first(String instance, String script) {
    configure(instance, "scripted", script);
    return awaitRun(instance, 1);
  }

  /** Changes what the source says, and runs the instance again. */
  protected RunRecord then(String instance, String script, String... tables) throws Exception {
    script(instance, script);
    return run(instance, tables);
  }

  protected static TableOutcome outcome(RunRecord run, String table) {
    return run.tables().stream().filter(each -> each.table().equals(table)).findFirst().orElseThrow(() -> new AssertionError(table + " in " + run));
  }

  protected Path extract(String instance) {
    return folder("extracts").resolve(instance).resolve("extract.duckdb");
  }

  /** Rows of a query over one extract alone, opened as any other client would. */
  protected List<List<String>> inExtract(String instance, String sql) {
    return Database.query(extract(instance), sql);
  }

  /** A file that holds a read up while it is there. */
  protected Path gate(String instance) {
    return folder("data").resolve(instance + ".gate");
  }

  protected void awaitReached(Path gate) {
    Path mark = Gate.reachedMark(gate);
    Await.until("a read has come to " + gate, () -> Files.exists(mark));
  }
}
