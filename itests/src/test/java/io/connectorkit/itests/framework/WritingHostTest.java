package io.connectorkit.itests.framework;

import static org.junit.Assert.assertThrows;

import io.connectorkit.api.WriteMode;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.TableWrites;
import io.connectorkit.host.WriteOrder;
import io.connectorkit.host.WriteRecord;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.inject.Inject;
import org.junit.Before;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** A host with the writing connector deployed, where rows are written back. */
public abstract class WritingHostTest extends HostTest {

  protected static final String TEN = "SELECT range AS id, 'n' || range AS name, CAST(range * 1.5 AS DECIMAL(12, 2)) AS total FROM range(10)";

  @Inject
  private TableWrites writes;

  /** Little memory, so that many rows cannot pass by being kept. */
  @Override
  @Configuration
  public Option[] configuration() {
    Option[] options = super.configuration();
    Folders.write(KitOptions.etc(getClass()).resolve("io.connectorkit.host.cfg"), "run.memory.mib = 16\nduckdb.memory = 64MB\n" + settings());
    return options;
  }

  /** More settings of the host. */
  protected String settings() {
    return "";
  }

  @Before
  public void deployTheWritingConnector() {
    if (!Files.exists(deployed("writing.jar"))) {
      ConnectorJar.writing("1.0.0").writeTo(deployed("writing.jar"));
    }
    awaitFile("writing.jar", State.DEPLOYED);
  }

  /** An instance of this test's own, which may be written. */
  protected void instance(String name, String script) {
    instance(name, "writes: true", script);
  }

  protected void instance(String name, String permission, String script) {
    Path file = script(name, script);
    Folders.write(folder("etc").resolve("connectors").resolve(name + ".yaml"),
        "connector: writing\n" + permission + "\nconfig:\n  script: " + file + "\n  password: swordfish\n");
    awaitRun(name, 1);
  }

  protected CompletableFuture<WriteRecord> start(String instance, String table, WriteMode mode, String sql, boolean dry, String id) {
    return writes.start(new WriteOrder(instance, table, mode, sql, dry, id), RunListener.NONE);
  }

  protected static WriteRecord ended(CompletableFuture<WriteRecord> write) {
    try {
      return write.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KitException refused) {
        throw refused;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  protected WriteRecord write(String instance, WriteMode mode, String sql) {
    return ended(start(instance, "orders", mode, sql, false, ""));
  }

  protected String refusal(String instance, String table, WriteMode mode, String sql) {
    return assertThrows(KitException.class, () -> ended(start(instance, table, mode, sql, false, ""))).getMessage();
  }

  protected List<String> lines(String file) {
    Path path = folder("data").resolve(file);
    return Files.exists(path) ? Folders.read(path).lines().toList() : List.of();
  }

  protected static List<Object> counts(WriteRecord write) {
    return List.of(write.outcome(), write.rows(), write.taken(), write.refused());
  }

  protected static List<String> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith(prefix)).toList();
  }
}
