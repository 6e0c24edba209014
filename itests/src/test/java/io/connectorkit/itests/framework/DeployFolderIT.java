package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.itests.scripted.Gate;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What people do to files and to the folder itself: nobody but the one who is meant notices, and he only when he must. */
public class DeployFolderIT extends HostTest {

  private static final String THREE_ROWS = "tables = orders\norders.rows = 3\n";
  private static final int MANY = 20;
  private static final int TIMES = 10;
  /** Far more than it takes, since others use the machine as well. */
  private static final double SECONDS_TO_CANCEL = 3;

  private Path gated(String name) throws IOException {
    Path gate = Files.createFile(folder("data").resolve(name + ".gate"));
    script(name, THREE_ROWS + "orders.gate.after = 0\norders.gate = " + gate + "\n");
    return gate;
  }

  private boolean isListed(String file) {
    return deployFolder.files().stream().anyMatch(each -> each.file().equals(file));
  }

  private List<Bundle> bundles(String name) {
    return Arrays.stream(context.getBundles()).filter(bundle -> ("itests." + name).equals(bundle.getSymbolicName())).toList();
  }

  private Bundle bundle(DeployedFile file) {
    return context.getBundle(file.bundleId());
  }

  @Test
  public void aFileThatIsRenamedDuringARunIsTheSameBundleUnderAnotherName() throws Exception {
    configure("renamed", "renamed", THREE_ROWS);
    Path gate = gated("renamed");
    ConnectorJar.of("renamed", "1.0.0").writeTo(deployed("renamed-a.jar"));
    Await.until("it reads", () -> Files.exists(Gate.reachedMark(gate)));
    Bundle bundle = bundle(awaitFile("renamed-a.jar", State.DEPLOYED));
    long modified = bundle.getLastModified();
    try (BundleEvents events = new BundleEvents(context, bundle::equals)) {
      Files.move(deployed("renamed-a.jar"), deployed("renamed-b.jar"));
      assertEquals(bundle, bundle(awaitFile("renamed-b.jar", State.DEPLOYED)));
      Await.until("the old name is forgotten", () -> !isListed("renamed-a.jar"));
      Files.delete(gate);
      assertEquals(RunRecord.Outcome.OK, awaitRun("renamed", 1).outcome());
      assertEquals(List.of(), events.seen());
    }
    assertEquals(modified, bundle.getLastModified());
    assertFalse(Files.exists(deployed("renamed-b.jar.rejected")));
  }

  @Test
  public void theSameJarUnderASecondNameIsRejectedAndTakesOverWithoutARestart() throws Exception {
    configure("double", "double", THREE_ROWS);
    ConnectorJar.of("double", "1.0.0").writeTo(deployed("double-1.jar"));
    awaitRun("double", 1);
    Bundle bundle = bundle(awaitFile("double-1.jar", State.DEPLOYED));
    try (BundleEvents events = new BundleEvents(context, bundle::equals)) {
      Files.copy(deployed("double-1.jar"), deployed("double-2.jar"));
      String reason = awaitFile("double-2.jar", State.REJECTED).reason();
      assertEquals("KIT-1008 double-2.jar holds itests.double 1.0.0, and double-1.jar is the very same; delete one of the two files", reason);
      Path note = deployed("double-2.jar.rejected");
      Await.until("the reason lies beside it", () -> Files.exists(note) && Folders.read(note).startsWith(reason));
      Files.delete(deployed("double-1.jar"));
      assertEquals(bundle, bundle(awaitFile("double-2.jar", State.DEPLOYED)));
      Await.until("the note is gone", () -> !Files.exists(note) && !isListed("double-1.jar"));
      assertEquals(List.of(), events.seen());
    }
    assertEquals(RunRecord.Outcome.OK, run("double").outcome());
    assertEquals("nothing was extracted for that", 2, history("double").size());
  }

  @Test
  public void manyJarsAtOnceAreAllExtractedAndTouchNoOtherBundle() throws Exception {
    List<String> names = IntStream.range(0, MANY).mapToObj(i -> "many" + i).toList();
    Path aside = folder("data").resolve("many");
    for (String name : names) {
      configure(name, name, THREE_ROWS);
      ConnectorJar.of(name, "1.0.0").writeTo(aside.resolve(name + ".jar"));
    }
    try (BundleEvents others = new BundleEvents(context, bundle -> !String.valueOf(bundle.getSymbolicName()).startsWith("itests.many"))) {
      for (Path jar : Folders.list(aside)) {
        Files.move(jar, deployed(jar.getFileName().toString()));
      }
      for (String name : names) {
        assertEquals(RunRecord.Outcome.OK, awaitRun(name, 1).outcome());
        awaitFile(name + ".jar", State.DEPLOYED);
        awaitState(name, InstanceStatus.State.READY);
        assertEquals(3, count(name + ".orders"));
        assertEquals(1, bundles(name).size());
      }
      assertEquals(List.of(), others.seen());
    }
  }

  @Test
  public void aJarThatIsTakenAwayAndPutBackAtOnceIsThereInTheEnd() throws Exception {
    configure("flicker", "flicker", THREE_ROWS);
    Path jar = ConnectorJar.of("flicker", "1.0.0").writeTo(deployed("flicker.jar"));
    awaitRun("flicker", 1);
    for (int i = 0; i < TIMES; i++) {
      Files.delete(jar);
      ConnectorJar.of("flicker", i + 1 < TIMES ? "1.0.0" : "2.0.0").writeTo(jar);
    }
    Await.until("the last one", () -> awaitFile("flicker.jar", State.DEPLOYED).version().equals("2.0.0"));
    // Those before were written at other times, and so are other content: one of them may have been extracted as well.
    Await.until("its run", () -> awaitRun("flicker", 2).lineage().version().equals("2.0.0"));
    assertEquals(RunRecord.Outcome.OK, run("flicker").outcome());
    assertEquals(1, bundles("flicker").size());
  }

  @Test
  public void aJarThatIsRemovedDuringARunCancelsItAndItsDataStays() throws Exception {
    configure("cut", "cut", THREE_ROWS);
    Path jar = ConnectorJar.of("cut", "1.0.0").writeTo(deployed("cut.jar"));
    awaitRun("cut", 1);
    Path gate = gated("cut");
    CompletableFuture<RunRecord> run =
        runs.start(new RunOrder("cut", List.of(), "manual"), RunListener.NONE).toCompletableFuture();
    Await.until("it reads", () -> Files.exists(Gate.reachedMark(gate)));
    long begin = System.nanoTime();
    Files.delete(jar);
    assertEquals(RunRecord.Outcome.CANCELLED, run.get(30, TimeUnit.SECONDS).outcome());
    double seconds = (System.nanoTime() - begin) / 1e9;
    Await.until("it is gone", () -> !isListed("cut.jar") && bundles("cut").isEmpty());
    System.out.printf("removal to the end of the run: %.3f s, to gone: %.3f s%n", seconds, (System.nanoTime() - begin) / 1e9);
    assertTrue(seconds + " s", seconds < SECONDS_TO_CANCEL);
    assertEquals(3, count("cut.orders"));
    assertEquals(InstanceStatus.State.WAITING, find("cut").orElseThrow().state());
    Files.delete(gate);
  }

  @Test
  public void aFolderThatIsMissingUndeploysNothingUntilItIsThereAgain() throws Exception {
    configure("steady", "steady", THREE_ROWS);
    ConnectorJar.of("steady", "1.0.0").writeTo(deployed("steady.jar"));
    awaitRun("steady", 1);
    Bundle bundle = bundle(awaitFile("steady.jar", State.DEPLOYED));
    Path away = folder("data").resolve("deploy-away");
    try (BundleEvents events = new BundleEvents(context, bundle::equals)) {
      Files.move(folder("deploy"), away);
      Await.until("it is missed", () -> deployFolder.watch().equals("out of reach: it does not exist"));
      assertEquals(RunRecord.Outcome.OK, run("steady").outcome());
      Files.move(away, folder("deploy"));
      Await.until("it is back", () -> deployFolder.watch().equals("watched"));
      // Of two files the second is looked at last, and what had gone would have gone by then.
      ConnectorJar.of("newcomer", "1.0.0").writeTo(deployed("zz-newcomer.jar"));
      awaitFile("zz-newcomer.jar", State.DEPLOYED);
      assertEquals(bundle, bundle(awaitFile("steady.jar", State.DEPLOYED)));
      assertEquals(List.of(), events.seen());
    }
    Files.move(folder("deploy"), away);
    Await.until("it is missed", () -> !deployFolder.watch().equals("watched"));
    assertEquals(Bundle.ACTIVE, bundle.getState());
    Files.createDirectory(folder("deploy"));
    Await.until("an empty folder is believed", () -> deployFolder.files().isEmpty()
        && Arrays.stream(context.getBundles()).noneMatch(each -> each.getLocation().startsWith("deploy:")));
  }
}
