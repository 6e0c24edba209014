package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.States;
import io.connectorkit.itests.scripted.Flawed;
import io.connectorkit.itests.scripted.Gate;
import io.connectorkit.itests.scripted.ReadsOnly;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.inject.Inject;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** New versions of a connector, good and bad ones: one sentence says what happened, and no row and no state is lost. */
public class UpgradeIT extends HostTest {

  private static final String KEYED = "tables = orders\norders.kind = query\norders.key = id\norders.incremental = id\n"
      + "orders.sql = SELECT range AS id, 'row ' || range AS name FROM range(100)\n";
  private static final double SECONDS_TO_SERVE_AGAIN = 2;

  @Inject
  private States states;

  /** A connector that hangs is given up sooner here. */
  @Override
  @Configuration
  public Option[] configuration() {
    Option[] options = super.configuration();
    Folders.write(KitOptions.etc(getClass()).resolve("io.connectorkit.deployer.cfg"), "drain.seconds = 1\nready.seconds = 4\n");
    return options;
  }

  private static ConnectorJar flawed(String name, Class<?> type) {
    List<Class<?>> classes = new ArrayList<>(List.of(type, Flawed.class));
    classes.addAll(ConnectorJar.SCRIPTED);
    return ConnectorJar.of(name, "2.0.0").implementation(classes);
  }

  private static ConnectorJar activated(String name, Class<?> activator) {
    List<Class<?>> classes = new ArrayList<>(ConnectorJar.SCRIPTED);
    classes.add(activator);
    classes.add(Flawed.class);
    return ConnectorJar.of(name, "2.0.0").implementation(classes).header("Bundle-Activator", activator.getName())
        .imports("org.osgi.framework;version=\"[1.9,2)\"");
  }

  /** Deploys a good version, then a bad one; the good one must serve and extract as if nothing had happened. */
  private void bad(String name, String words, Function<String, ConnectorJar> next) throws Exception {
    configure(name, name, KEYED);
    ConnectorJar.of(name, "1.0.0").writeTo(deployed(name + ".jar"));
    assertEquals(RunRecord.Outcome.OK, awaitRun(name, 1).outcome());
    Await.until("the new one is done with", () -> awaitFile(name + ".jar", State.DEPLOYED) != null);
    String before = states.list(name).toString();
    next.apply(name).writeTo(deployed(name + ".jar"));
    DeployedFile file = awaitFile(name + ".jar", State.REJECTED);
    long begin = System.nanoTime();
    assertEquals(100, count(name + ".orders"));
    assertEquals("what had been read is still known", before, states.list(name).toString());
    assertEquals(file.reason(), RunRecord.Outcome.OK, run(name).outcome());
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertTrue(seconds + " s", seconds < SECONDS_TO_SERVE_AGAIN);
    assertEquals("1.0.0", find(name).orElseThrow().version());
    assertEquals("a delta: the watermark still counts", 100, count(name + ".orders"));
    assertTrue(file.reason(), file.reason().contains(words) && file.reason().contains("1.0.0 goes on") && file.reason().lines().count() == 1);
    System.out.printf("bad upgrade %-16s served again after %.2f s: %s%n", name, seconds, file.reason());
  }

  @Test
  public void aVersionThatDoesNotResolveTouchesNothing() throws Exception {
    bad("unresolved", "com.nowhere", name -> ConnectorJar.of(name, "2.0.0").imports("com.nowhere;version=\"[2,3)\""));
  }

  @Test
  public void aVersionWhoseActivatorThrowsIsPutBack() throws Exception {
    bad("activator", "the activator says no", name -> activated(name, Flawed.Activator.class));
  }

  @Test
  public void aVersionWhoseActivatorHangsIsPutBack() throws Exception {
    bad("lazy", "hangs in its activator", name -> activated(name, Flawed.HangingActivator.class));
  }

  /** Its bundle cannot be stopped any more, not even uninstalled: the version before goes on beside it. */
  @Test
  public void aVersionWhoseActivatorIsDeafIsLeftBehind() throws Exception {
    Path gate = Files.createFile(folder("data").resolve("deaf.gate"));
    try {
      bad("deaf", "hangs in its activator", name -> activated(name, Flawed.DeafActivator.class).header("X-Gate", gate.toString()));
    } finally {
      Files.delete(gate);
    }
  }

  @Test
  public void aVersionWhoseConstructorThrowsIsPutBack() throws Exception {
    bad("constructor", "no constructor today", name -> flawed(name, Flawed.InConstructor.class));
  }

  @Test
  public void aVersionWhoseConstructorHangsIsPutBack() throws Exception {
    bad("unborn", "constructor", name -> flawed(name, Flawed.HangingConstructor.class));
  }

  @Test
  public void aVersionWithoutAComponentIsPutBack() throws Exception {
    bad("faceless", "publishes no connector", name -> ConnectorJar.of(name, "2.0.0").header("Service-Component", "OSGI-INF/none.xml"));
  }

  @Test
  public void aVersionThatNeedsASettingThatNobodyGaveIsPutBack() throws Exception {
    bad("demanding", "'account'", name -> ConnectorJar.of(name, "2.0.0").yaml("name: " + name + "\nversion: \"2.0.0\"\n"
        + "capabilities: [discover, read]\nconfig:\n  script: {type: string, required: true}\n"
        + "  password: {type: string, secret: true}\n  account: {type: string, required: true}\n"));
  }

  @Test
  public void aVersionThatImplementsLessThanItSaysIsPutBack() throws Exception {
    bad("less", "KIT-1012", name -> ConnectorJar.of(name, "2.0.0").implementation(List.of(ReadsOnly.class)));
  }

  @Test
  public void aVersionThatLacksAClassIsPutBack() throws Exception {
    bad("classless", "NoClassDefFoundError", name -> ConnectorJar.of(name, "2.0.0").implementation(ConnectorJar.SCRIPTED.subList(0, 2)));
  }

  @Test
  public void aVersionWhoseDiscoveryFailsIsPutBack() throws Exception {
    bad("discovery", "discovery is for others", name -> flawed(name, Flawed.InDiscovery.class));
  }

  @Test
  public void aVersionWhoseDiscoveryAnswersNothingIsPutBack() throws Exception {
    bad("nothing", "answered null", name -> flawed(name, Flawed.Null.class));
  }

  @Test
  public void aVersionWhoseDiscoveryHangsIsPutBack() throws Exception {
    bad("hanging", "has not answered within", name -> flawed(name, Flawed.Hanging.class));
  }

  @Test
  public void aVersionThatIsCutInHalfTouchesNothing() throws Exception {
    configure("half", "half", KEYED);
    ConnectorJar.of("half", "1.0.0").writeTo(deployed("half.jar"));
    awaitRun("half", 1);
    byte[] whole = Files.readAllBytes(deployed("half.jar"));
    Files.write(deployed("half.jar"), Arrays.copyOf(whole, whole.length / 2));
    assertTrue(awaitFile("half.jar", State.REJECTED).reason().contains("goes on"));
    assertEquals(RunRecord.Outcome.OK, run("half").outcome());
  }

  /** A source that is down is no fault of the new version. */
  @Test
  public void aVersionThatFailsWhereTheOldOneFailsAsWellIsTaken() throws Exception {
    configure("down", "down", KEYED);
    ConnectorJar.of("down", "1.0.0").writeTo(deployed("down.jar"));
    awaitRun("down", 1);
    script("down", KEYED + "discover.fail.after = 0\ndiscover.fail.text = the source is down\n");
    ConnectorJar.of("down", "2.0.0").writeTo(deployed("down.jar"));
    Await.until("the new version", () -> find("down").orElseThrow().version().equals("2.0.0")
        && awaitFile("down.jar", State.DEPLOYED).note().contains("the source answers neither"));
    script("down", KEYED);
    Await.until("its connector is made", () -> find("down").orElseThrow().state() != InstanceStatus.State.STARTING);
    assertEquals(RunRecord.Outcome.OK, run("down").outcome());
  }

  @Test
  public void aDowngradeIsTakenAndSaysSo() {
    configure("lower", "lower", KEYED);
    ConnectorJar.of("lower", "2.0.0").writeTo(deployed("lower.jar"));
    awaitRun("lower", 1);
    ConnectorJar.of("lower", "1.5.0").writeTo(deployed("lower.jar"));
    Await.until("the lower version", () -> awaitFile("lower.jar", State.DEPLOYED).note().equals("downgraded from 2.0.0 to 1.5.0"));
    assertEquals("1.5.0", awaitRun("lower", 2).lineage().version());
  }

  /** L14: what ran is run again by the new version, for all instances of the bundle. */
  @Test
  public void twoInstancesMoveTogetherAndTheRunThatMadeWayIsRepeated() throws Exception {
    Path gate = Files.createFile(folder("data").resolve("pair.gate"));
    configure("pair_a", "pair", "tables = orders\norders.rows = 3\n");
    configure("pair_b", "pair", "tables = orders\norders.rows = 4\norders.gate.after = 0\norders.gate = " + gate + "\n");
    ConnectorJar.of("pair", "1.0.0").writeTo(deployed("pair.jar"));
    awaitRun("pair_a", 1);
    Await.until("the first version reads", () -> Files.exists(Gate.reachedMark(gate)));
    script("pair_b", "tables = orders\norders.rows = 5\n");
    ConnectorJar.of("pair", "1.1.0").writeTo(deployed("pair.jar"));
    for (String instance : List.of("pair_a", "pair_b")) {
      Await.value("a run of the new version", () -> history(instance).stream().filter(run -> run.lineage().version().equals("1.1.0")
          && run.outcome() == RunRecord.Outcome.OK).findFirst());
    }
    assertEquals(3, count("pair_a.orders"));
    assertEquals(5, count("pair_b.orders"));
    assertEquals("nothing of the first version's run was published", 1, history("pair_b").size());
  }
}
