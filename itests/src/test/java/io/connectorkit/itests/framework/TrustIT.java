package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** Which jars are let in is the operator's to say, while the host runs (I1). */
public class TrustIT extends HostTest {

  private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(1);

  @Override
  @Configuration
  public Option[] configuration() {
    Option[] options = super.configuration();
    Folders.write(KitOptions.etc(getClass()).resolve("io.connectorkit.deployer.cfg"), "require.signed = true\n");
    return options;
  }

  @Test
  public void whatIsRequiredCanBeChangedWithoutARestart() {
    Object before = context.getServiceReference(DeployFolder.class).getProperty("service.id");
    Path jar = ConnectorJar.of("unsigned", "1.0.0").writeTo(deployed("unsigned.jar"));
    DeployedFile rejected = awaitFile("unsigned.jar", State.REJECTED);
    assertTrue(rejected.reason(), rejected.reason().startsWith("KIT-1032 unsigned.jar: only signed jars") && rejected.reason().contains("etc/trust"));
    Folders.write(folder("etc").resolve("io.connectorkit.deployer.cfg"), "require.signed = false\n");
    awaitTaken("unsigned.jar", State.DEPLOYED, jar);
    Folders.write(folder("etc").resolve("io.connectorkit.deployer.cfg"), "digests = unsigned = " + "0".repeat(64) + "\n");
    String reason = awaitTaken("unsigned.jar", State.REJECTED, jar).reason();
    assertTrue(reason, reason.startsWith("KIT-1035"));
    assertEquals("the deployer was not restarted", before, context.getServiceReference(DeployFolder.class).getProperty("service.id"));
  }

  /** Configuration files are read some seconds after they change, and settings hold for jars that change after that. */
  private DeployedFile awaitTaken(String name, State state, Path jar) {
    AtomicLong touched = new AtomicLong(System.nanoTime());
    return Await.value(() -> name + " is " + state + " among " + deployFolder.files(), () -> {
      if (System.nanoTime() - touched.get() > BETWEEN_NANOS) {
        touch(jar);
        touched.set(System.nanoTime());
      }
      return deployFolder.files().stream().filter(file -> file.file().equals(name) && file.state() == state).findFirst();
    });
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
