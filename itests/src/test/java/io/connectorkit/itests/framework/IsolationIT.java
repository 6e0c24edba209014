package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.connectorkit.api.Connector;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.RunRecord.Outcome;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.itests.scripted.ExitingConnector;
import io.connectorkit.itests.scripted.Gate;
import io.connectorkit.itests.scripted.LeavingConnector;
import io.connectorkit.itests.scripted.LibraryConnector;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/** What one connector does to the JVM hurts no other: L14. */
public class IsolationIT extends ScriptedHostTest {

  private static final String DOES = "\nconfig:\n  does: {type: string, required: true}\n  gate: {type: string}\n";

  @Override
  @Configuration
  public Option[] configuration() {
    Option[] host = super.configuration();
    Folders.write(KitOptions.etc(getClass()).resolve("io.connectorkit.host.cfg"), "run.memory.mib = 24\nconnector.threads = 10\n");
    return host;
  }

  private static ConnectorJar jar(String name, Class<?>... classes) {
    List<Class<?>> all = new ArrayList<>(List.of(classes));
    all.addAll(List.of(classes[classes.length - 1].getDeclaredClasses()));
    return ConnectorJar.of(name, "1.0.0").implementation(all.stream().distinct().toList()).imports("javax.management")
        .yaml("name: " + name + "\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n");
  }

  private static ConnectorJar jarThatDoes(String name, Class<?>... classes) {
    return jar(name, classes).yaml("name: " + name + "\nversion: \"1.0.0\"\ncapabilities: [discover, read]" + DOES);
  }

  private void does(String instance, String connector, String what) {
    Folders.write(folder("etc").resolve("connectors/" + instance + ".yaml"), "connector: " + connector + "\nconfig: {does: " + what + ", gate: '"
        + gate(instance) + "'}\n");
  }

  private static Path library(String file) {
    return Path.of(System.getProperty("kit.libraries"), file);
  }

  /** Real libraries: two versions in two connectors, and one that the host itself has in another version. */
  @Test
  public void everyConnectorSeesTheVersionOfALibraryThatItBrings() throws Exception {
    jar("lang_old", LibraryConnector.Lang.class, LibraryConnector.class).library(library("commons-lang3-3.12.0.jar")).writeTo(deployed("lang_old.jar"));
    jar("lang_new", LibraryConnector.Lang.class, LibraryConnector.class).library(library("commons-lang3-3.17.0.jar")).writeTo(deployed("lang_new.jar"));
    jar("yaml", LibraryConnector.Yamls.class, LibraryConnector.class).library(library("snakeyaml-2.2.jar")).writeTo(deployed("yaml.jar"));
    for (String instance : List.of("lang_old", "lang_new", "yaml")) {
      assertEquals(Outcome.OK, awaitRun(instance, 1).outcome());
    }
    assertEquals(List.of(List.of("lane", "3.12.0")), query("SELECT word, version FROM lang_old.library"));
    assertEquals(List.of(List.of("lane", "3.17.0")), query("SELECT word, version FROM lang_new.library"));
    assertEquals(List.of(List.of("yaml", "2.2")), query("SELECT word, version FROM yaml.library"));
  }

  @Test
  public void noConnectorEndsTheHost() throws Exception {
    List<String> ways = List.of("exit", "runtime", "halt", "reference", "bound", "lambda", "initialiser", "discover");
    ways.forEach(way -> does("exiting_" + way, "exiting", way));
    jarThatDoes("exiting", ExitingConnector.class).writeTo(deployed("exiting.jar"));
    for (String way : ways) {
      RunRecord run = awaitRun("exiting_" + way, 1);
      String error = run.tables().isEmpty() ? run.error() : run.tables().get(0).error();
      assertEquals(run.toString(), Outcome.FAILED, run.outcome());
      assertTrue(error, error.contains("KIT-1040 bundle itests.exiting 1.0.0: class io.connectorkit.itests.scripted.ExitingConnector")
          && error.matches(".* calls (System|Runtime)\\.(exit|halt), .*"));
      assertEquals(1, error.lines().count());
    }
  }

  @Test
  public void aConnectorThatEndsTheProcessWhenItIsMadeIsNotReadyAndThatIsAll() {
    jar("at_once", ExitingConnector.AtOnce.class, ExitingConnector.class).writeTo(deployed("at_once.jar"));
    Await.until("it is said that it cannot be made", () -> find("at_once").filter(status -> status.state() == InstanceStatus.State.FAILED
        && status.reason().contains("KIT-1040")).isPresent());
  }

  private List<String> explainAfterRemoval(String name, String word) throws Exception {
    Files.delete(folder("etc").resolve("connectors/" + name + ".yaml"));
    Files.delete(deployed(name + ".jar"));
    return Await.value(() -> word + " in what is left of " + name, () -> java.util.Optional.of(instances.explain("itests." + name))
        .filter(lines -> lines.toString().contains(word)));
  }

  private static boolean lives(String thread) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(each -> each.getName().equals(thread));
  }

  private static long reports(String name) {
    return Folders.read(Folders.log()).lines()
        .filter(line -> line.contains("KIT-1042 itests." + name + " 1.0.0 left behind: ")).count();
  }

  @Test
  public void whatAConnectorLeavesBehindIsClosedAndNamedAndItsClassesGo() throws Exception {
    long before = reports("leaving");
    does("leaving", "leaving", "everything");
    jarThatDoes("leaving", LeavingConnector.class, Gate.class, LeavingConnector.class).writeTo(deployed("leaving.jar"));
    assertEquals(Outcome.OK, awaitRun("leaving", 1).outcome());
    callOnThisThread("leaving");
    WeakReference<ClassLoader> loader = loader("leaving.jar");
    Await.until("the pool works", () -> lives("leaving-pool"));
    String left = explainAfterRemoval("leaving", "left behind").toString();
    for (String each : List.of("thread 'poller' (interrupted, ended)", "thread 'leaving-timer' (timer cancelled, ended)",
        "thread 'leaving-pool' (executor shut down, ended)", "JDBC driver " + LeavingConnector.NoDriver.class.getName() + " (deregistered)",
        "shutdown hook 'leaving-hook' (removed, not run)", "MBean itests:type=Leaving (unregistered)",
        "log handler " + LeavingConnector.Silence.class.getName() + " of '' (removed)",
        "thread local of type " + LeavingConnector.Counter.class.getName() + " in thread '" + Thread.currentThread().getName() + "' (removed)")) {
      assertTrue(each + " in " + left, left.contains("itests.leaving 1.0.0 left behind " + each));
    }
    assertFalse(lives("poller") || lives("leaving-timer") || lives("leaving-pool"));
    assertFalse(ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName("itests:type=Leaving")));
    awaitCollected(loader);
    Await.until("nobody says that it is still there", () -> !instances.explain("itests.leaving").toString().contains("class loader of"));
    assertEquals("one line", before + 1, reports("leaving"));
    // What the platform runs for everybody goes on.
    CompletableFuture<Object> late = new CompletableFuture<>().orTimeout(10, TimeUnit.MILLISECONDS);
    Await.until("timeouts still come", late::isCompletedExceptionally);
  }

  /** The host calls connectors on threads that end soon; somebody else's bundle may do as it likes. */
  private void callOnThisThread(String connector) throws Exception {
    ServiceReference<?> reference = context.getServiceReferences(Connector.class.getName(), "(connectorkit.name=" + connector + ")")[0];
    ((Runnable) context.getService(reference)).run();
    context.ungetService(reference);
  }

  @Test
  public void aThreadThatCannotBeEndedIsNamedWithThePlaceWhereItIs() throws Exception {
    Path gate = Files.createFile(gate("deaf"));
    does("deaf", "deaf", "deaf");
    jarThatDoes("deaf", LeavingConnector.class, Gate.class, LeavingConnector.class).writeTo(deployed("deaf.jar"));
    assertEquals(Outcome.OK, awaitRun("deaf", 1).outcome());
    awaitReached(gate);
    String left = explainAfterRemoval("deaf", "spin").toString();
    assertTrue(left, left.contains("thread 'spin' (interrupted, still running at " + Gate.class.getName() + ".passDeaf:"));
    assertTrue(left, left.contains("class loader of itests.deaf 1.0.0 is still in memory"));
    Files.delete(gate);
    Await.until("the thread ends", () -> !lives("spin"));
  }

  /** L14: the classes of a version go when it is replaced, not only when all of it is removed. */
  @Test
  public void theClassesOfAConnectorThatCleansUpGoWithEachVersionAndItIsNotNamed() throws Exception {
    long before = reports("tidy");
    does("tidy", "tidy", "nothing");
    tidy("1.0.0");
    assertEquals(Outcome.OK, awaitRun("tidy", 1).outcome());
    WeakReference<ClassLoader> first = loader("tidy.jar");
    tidy("1.1.0");
    awaitRun("tidy", 2);
    awaitCollected(first);
    WeakReference<ClassLoader> second = loader("tidy.jar");
    Files.delete(folder("etc").resolve("connectors/tidy.yaml"));
    Files.delete(deployed("tidy.jar"));
    awaitCollected(second);
    assertEquals(before, reports("tidy"));
  }

  private void tidy(String version) {
    ConnectorJar jar = jarThatDoes("tidy", LeavingConnector.class, Gate.class, LeavingConnector.class).entry("version", version);
    jar.writeTo(deployed("tidy.jar"));
  }

  private WeakReference<ClassLoader> loader(String file) {
    return new WeakReference<>(context.getBundle(awaitFile(file, State.DEPLOYED).bundleId()).adapt(BundleWiring.class).getClassLoader());
  }

  private static void awaitCollected(WeakReference<ClassLoader> loader) {
    Await.until("the class loader is collected", () -> {
      System.gc();
      return loader.get() == null;
    });
  }

  /** A run that goes on beside another one, until it is let go. */
  private void whileANeighbourRuns(String neighbour, Run run) throws Exception {
    Path gate = gate(neighbour);
    first(neighbour, "tables = t\nt.rows = 10\n");
    Files.createFile(gate);
    script(neighbour, "tables = t\nt.rows = 20\nt.gate.after = 0\nt.gate = " + gate + "\n");
    CompletableFuture<RunRecord> running = runs.start(new RunOrder(neighbour, List.of(), "manual"), RunListener.NONE);
    awaitReached(gate);
    run.run();
    assertFalse(running.isDone());
    Files.delete(gate);
    assertEquals(Outcome.OK, running.get(60, TimeUnit.SECONDS).outcome());
    assertEquals(20, count(neighbour + ".t"));
  }

  private interface Run {

    void run() throws Exception;
  }

  @Test
  public void aTableThatNeedsTooMuchMemoryFailsAlone() throws Exception {
    whileANeighbourRuns("modest", () -> {
      RunRecord run = first("greedy", "tables = good, bad\ngood.rows = 10\nbad.rows = 10\nbad.leak = 40000000\n");
      assertEquals(run.toString(), Outcome.PARTIAL, run.outcome());
      String error = outcome(run, "bad").error();
      assertTrue(error, error.startsWith("KIT-3031 table 'bad'") && error.contains("24 MiB") && error.contains("run.memory.mib"));
      assertEquals(10, count("greedy.good"));
    });
  }

  /** The bound is that of the run: of 16 MiB, as which Arrow counts these, it has room for one table's. */
  @Test
  public void theTablesOfARunShareItsMemory() {
    RunRecord run = first("sharing", "tables = one, other\none.rows = 10\none.leak = 9000000\nother.rows = 10\nother.leak = 9000000\n");
    assertEquals(run.toString(), Outcome.PARTIAL, run.outcome());
    assertEquals(1, run.tables().stream().filter(table -> table.outcome() == TableOutcome.Outcome.OK).count());
    assertEquals(1, run.tables().stream().filter(table -> table.error().startsWith("KIT-3031")).count());
  }

  @Test
  public void aConnectorWithTooManyThreadsFailsAlone() throws Exception {
    jarThatDoes("horde", LeavingConnector.class, Gate.class, LeavingConnector.class).writeTo(deployed("horde.jar"));
    whileANeighbourRuns("calm", () -> {
      does("horde", "horde", "horde");
      RunRecord run = awaitRun("horde", 1);
      assertEquals(run.toString(), Outcome.FAILED, run.outcome());
      assertTrue(run.error(), run.error().startsWith("KIT-3030 connector 'horde' has 40 threads where 10 are allowed"));
      Await.until("its threads are gone", () -> !lives("horde-0") && !lives("horde-39"));
    });
  }
}
