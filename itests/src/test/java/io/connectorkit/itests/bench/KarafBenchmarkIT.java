package io.connectorkit.itests.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.connectorkit.itests.scripted.MarkActivator;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same bundle in the deploy folders of this product and of Apache Karaf, in turn: when its activator runs, and when it has gone. */
@Tag("benchmark")
class KarafBenchmarkIT {

  private static final int ROUNDS = Boolean.getBoolean("kit.full") ? 15 : 5;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** A server and what to give it. */
  private record Side(DeployServer server, Path home) {

    Path mark() {
      return home.resolve("mark");
    }

    /** Seconds until the mark is there, or has gone. */
    double await(boolean there, Act act) throws IOException {
      long begin = System.nanoTime();
      act.run();
      Await.value((there ? "the mark of " : "the end of the mark of ") + home, PATIENCE,
          () -> Files.exists(mark()) == there || !server.isAlive() ? Optional.of(true) : Optional.empty());
      double seconds = (System.nanoTime() - begin) / 1e9;
      assertTrue(server.isAlive(), () -> "it has ended by itself: " + Folders.read(home.resolve("out.txt")));
      return seconds;
    }

    double drop(Path built) throws IOException {
      return await(true, () -> Files.move(built, server.deploy("marked.jar")));
    }

    double remove() throws IOException {
      return await(false, () -> Files.delete(server.deploy("marked.jar")));
    }

    /** From the start of the process until a bundle runs that has been there before. */
    double start() throws IOException {
      server.stop();
      Files.deleteIfExists(mark());
      return await(true, server::start);
    }
  }

  /** What is timed. */
  @FunctionalInterface
  private interface Act {

    void run() throws IOException;
  }

  private Side kit;
  private Side karaf;

  @BeforeEach
  void prepare() {
    String unpacked = System.getProperty("kit.karaf", "");
    assumeTrue(!unpacked.isEmpty(), "there is no Apache Karaf to compare with; mvn -Pkaraf downloads one");
    assumeTrue(Runtime.version().feature() < 24, "Apache Karaf 4.4 asks for the security manager, which Java 24 and later do not have any more");
    Path ours = Folders.fresh(Folders.target().resolve("bench/beside-karaf"));
    kit = new Side(DeployServer.kit(ours), ours);
    Path theirs = Folders.fresh(Folders.target().resolve("bench/karaf"));
    karaf = new Side(DeployServer.karaf(Path.of(unpacked), theirs), theirs);
  }

  @AfterEach
  void endTheProcesses() {
    for (Side side : new Side[] {kit, karaf}) {
      if (side != null) {
        side.server().close();
      }
    }
  }

  /** A connector, of which the host wants to know more than of a mere bundle. */
  private Path connector(int version) {
    List<Class<?>> classes = new ArrayList<>(ConnectorJar.SCRIPTED);
    classes.add(MarkActivator.class);
    return ConnectorJar.of("marked", "1.0." + version).implementation(classes).header("Bundle-Activator", MarkActivator.class.getName())
        .header("X-Mark", kit.mark().toString()).imports("org.osgi.framework;version=\"[1.9,2)\"").writeTo(kit.home().resolve("marked.jar"));
  }

  private Path bundle(int version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "itests.marked", "Bundle-Version", "1.0." + version, "X-Mark",
        karaf.mark().toString(), "Bundle-Activator", MarkActivator.class.getName(), "Import-Package", "org.osgi.framework;version=\"[1.9,2)\"")
        .forEach(manifest.getMainAttributes()::putValue);
    Path file = karaf.home().resolve("marked.jar");
    String code = MarkActivator.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
        InputStream stream = MarkActivator.class.getResourceAsStream("/" + code)) {
      jar.putNextEntry(new ZipEntry(code));
      stream.transferTo(jar);
    }
    return file;
  }

  @Test
  void aJarRunsAndIsGoneSooner() throws IOException {
    kit.server().start();
    karaf.server().start();
    double[][] drops = new double[2][ROUNDS];
    double[][] removals = new double[2][ROUNDS];
    // The first one tells that both are up.
    for (int round = -1; round < ROUNDS; round++) {
      double[] seconds = {kit.drop(connector(round + 1)), outOfStep(round).drop(bundle(round + 1)), kit.remove(), outOfStep(round).remove()};
      for (int side = 0; side < 2 && round >= 0; side++) {
        drops[side][round] = seconds[side];
        removals[side][round] = seconds[2 + side];
      }
    }
    double drop = report("jar dropped to its activator run", drops);
    double removal = report("jar removed to its activator stopped", removals);
    assertTrue(drop < 1 && removal < 1, "of Karaf's time: " + drop + " and " + removal);
  }

  @Test
  void bothComeUpWithTheJarThatTheyHad() throws IOException {
    kit.server().start();
    karaf.server().start();
    kit.drop(connector(0));
    karaf.drop(bundle(0));
    double[][] starts = new double[2][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      starts[0][round] = kit.start();
      kit.server().stop();
      starts[1][round] = karaf.start();
      karaf.server().stop();
    }
    report("start to the activator run of a jar that lies there", starts);
  }

  /** Karaf looks once a second, and what follows its last answer at once waits longest: each round comes at another part of that second. */
  private Side outOfStep(int round) {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) * Math.max(round, 0) / ROUNDS);
    return karaf;
  }

  private static double report(String what, double[][] seconds) {
    double ratio = Measured.median(seconds[0]) / Measured.median(seconds[1]);
    Measured.report("%s: median %.3f s (%s), Apache Karaf %.3f s (%s), ratio %.2f", what, Measured.median(seconds[0]), Measured.all(seconds[0]),
        Measured.median(seconds[1]), Measured.all(seconds[1]), ratio);
    return ratio;
  }
}
