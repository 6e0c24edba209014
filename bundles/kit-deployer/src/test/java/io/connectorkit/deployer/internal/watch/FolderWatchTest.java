package io.connectorkit.deployer.internal.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.deployer.internal.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {

  @TempDir
  private Path home;

  private final Recorder recorder = new Recorder();
  private FolderWatch watch;
  private WatchThread thread;

  private Path folder() {
    return home.resolve("deploy");
  }

  private Path file(String name) {
    return folder().resolve(name);
  }

  /** Puts a file there in one step: between its creation and its first byte it would be told as an empty one. */
  private void put(String name, String content) throws IOException {
    Path aside = Files.writeString(home.resolve("aside"), content);
    Files.move(aside, file(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private void start(FolderWatch started) throws Exception {
    watch = started;
    CompletableFuture<Void> firstScan = new CompletableFuture<>();
    thread = new WatchThread("test-watch", watch, true, firstScan);
    firstScan.get(20, TimeUnit.SECONDS);
  }

  private void start() throws Exception {
    Files.createDirectories(folder());
    start(new FolderWatch(folder(), recorder, Duration.ZERO));
  }

  @AfterEach
  void stop() {
    thread.close();
  }

  @Test
  void whatLiesThereIsToldBeforeTheFirstScanIsOver() throws Exception {
    Files.createDirectories(folder());
    put("b.jar", "b");
    put("a.jar", "a");
    start();
    assertEquals(List.of("+a.jar", "+b.jar"), recorder.told);
  }

  @Test
  void comingChangingAndGoingIsTold() throws Exception {
    start();
    put("a.jar", "one");
    recorder.awaitTold("+a.jar");
    put("a.jar", "more");
    recorder.awaitTold("+a.jar", "+a.jar");
    Files.delete(file("a.jar"));
    recorder.awaitTold("+a.jar", "+a.jar", "-a.jar");
    assertEquals("watched", watch.status());
  }

  @Test
  void aFileThatIsMovedInIsToldAtOnce() throws Exception {
    start();
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      Path aside = Files.writeString(home.resolve("aside"), "content " + i);
      int before = recorder.told.size();
      long moved = System.nanoTime();
      Files.move(aside, file(i + ".jar"));
      Await.until(() -> "the file is told", () -> recorder.told.size() > before);
      fastest = Math.min(fastest, recorder.times.get(before) - moved);
    }
    assertTrue(fastest < TimeUnit.MILLISECONDS.toNanos(25), "took " + fastest + " ns at best");
  }

  @Test
  void aFileThatIsNoUseYetIsAskedForUntilPatienceEnds() throws Exception {
    recorder.useless.add("half.jar");
    start();
    long start = System.nanoTime();
    put("half.jar", "half");
    recorder.awaitTold("+half.jar");
    long took = System.nanoTime() - start;
    assertTrue(took >= SeenFile.PATIENCE_NANOS, "took " + took + " ns");
    assertFalse(recorder.patience.get(recorder.patience.size() - 1));
    assertTrue(recorder.patience.size() < 15, "tries cost a copy each: " + recorder.patience.size());
  }

  @Test
  void aFileThatGrowsIsToldSoonAfterItIsWhole() throws Exception {
    recorder.useless.add("big.jar");
    start();
    try (var stream = Files.newOutputStream(file("big.jar"))) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600);
      while (System.nanoTime() < end) {
        stream.write(1);
        Await.through(Duration.ofMillis(5), () -> true);
      }
    }
    recorder.useless.clear();
    long whole = System.nanoTime();
    recorder.awaitTold("+big.jar");
    assertTrue(recorder.times.get(0) - whole < TimeUnit.MILLISECONDS.toNanos(1_000));
    assertTrue(recorder.patience.size() < 15, "it was tried while it grew: " + recorder.patience.size());
  }

  @Test
  void aFileThatIsReplacedOverAndOverCountsOnceThatStopsAndHoldsUpNobody() throws Exception {
    start();
    for (int i = 0; i < 25; i++) {
      Path aside = Files.writeString(home.resolve("aside"), "content " + i);
      Files.move(aside, file("restless.jar"), StandardCopyOption.REPLACE_EXISTING);
      if (i == 10) {
        put("other.jar", "other");
      }
      Await.through(Duration.ofMillis(100), () -> true);
    }
    assertTrue(recorder.told.contains("+other.jar"), recorder.told.toString());
    Await.until(recorder.told::toString, () -> recorder.told.lastIndexOf("+restless.jar") > recorder.told.indexOf("+other.jar"));
    long times = recorder.told.stream().filter("+restless.jar"::equals).count();
    assertTrue(times <= 4, "a machine that stands still for a moment lets some through: " + recorder.told);
  }

  @Test
  void aRenamedFileComesBeforeItGoes() throws Exception {
    start();
    put("a.jar", "a");
    recorder.awaitTold("+a.jar");
    Files.move(file("a.jar"), file("b.jar"));
    recorder.awaitTold("+a.jar", "+b.jar", "-a.jar");
  }

  @Test
  void whatHasGoneWaitsForWhatIsOnTheMoveThoughNotForEver() throws Exception {
    start();
    put("a.jar", "a");
    recorder.awaitTold("+a.jar");
    recorder.useless.add("b.jar");
    Files.move(file("a.jar"), file("b.jar"));
    Await.through(Duration.ofMillis(1_000), () -> !recorder.told.contains("-a.jar"));
    recorder.useless.clear();
    recorder.awaitTold("+a.jar", "+b.jar", "-a.jar");

    long start = System.nanoTime();
    recorder.useless.add("c.jar");
    Files.delete(file("b.jar"));
    while (!recorder.told.contains("-b.jar")) {
      Files.writeString(file("c.jar"), "c", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10), "the other file moves for ever");
      Await.through(Duration.ofMillis(10), () -> true);
    }
  }

  @Test
  void aFileThatIsDeletedAndThereAgainHasChangedAndNotGone() throws Exception {
    start();
    put("a.jar", "a");
    recorder.awaitTold("+a.jar");
    Files.delete(file("a.jar"));
    put("a.jar", "another");
    recorder.awaitTold("+a.jar", "+a.jar");
  }

  @Test
  void severalFilesAreToldInOneGo() throws Exception {
    Files.createDirectories(home.resolve("new"));
    for (int i = 0; i < 50; i++) {
      Files.writeString(home.resolve("new").resolve(i + ".jar"), "x");
    }
    start();
    for (int i = 0; i < 50; i++) {
      Files.move(home.resolve("new").resolve(i + ".jar"), file(i + ".jar"));
    }
    long moved = System.nanoTime();
    Await.until(recorder.told::toString, () -> recorder.told.size() == 50);
    assertTrue(System.nanoTime() - moved < TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void aFolderThatIsAwayIsNotAnEmptyOne() throws Exception {
    start();
    put("a.jar", "a");
    put("b.jar", "b");
    Await.until(recorder.told::toString, () -> recorder.told.size() == 2);
    Path away = Files.move(folder(), home.resolve("away"));
    Await.until(watch::status, () -> watch.status().equals("out of reach: it does not exist"));
    Await.through(Duration.ofMillis(2_500), () -> recorder.told.size() == 2);
    Files.delete(away.resolve("b.jar"));
    Files.move(away, folder());
    Await.until(recorder.told::toString, () -> recorder.told.size() == 3 && recorder.told.get(2).equals("-b.jar"));
    assertEquals("watched", watch.status());
  }

  @Test
  void aNewFolderInItsPlaceCountsAndIsWatched() throws Exception {
    start();
    put("a.jar", "a");
    recorder.awaitTold("+a.jar");
    Files.move(folder(), home.resolve("away"));
    Await.until(watch::status, () -> watch.status().startsWith("out of reach"));
    Files.createDirectory(folder());
    recorder.awaitTold("+a.jar", "-a.jar");
    long written = System.nanoTime();
    put("b.jar", "b");
    recorder.awaitTold("+a.jar", "-a.jar", "+b.jar");
    assertTrue(recorder.times.get(2) - written < TimeUnit.MILLISECONDS.toNanos(1_000), "notices come from the new folder");
  }

  @Test
  void filesThatAreForOthersAreIgnored() throws Exception {
    start();
    for (String name : List.of(".a.jar", "README.md", "a.jar.rejected", "a.jar.part", "a.jar.filepart", "a.tmp", "a.jar.crdownload", "z.jar")) {
      put(name, "x");
    }
    recorder.awaitTold("+z.jar");
  }

  @Test
  void wrongClocksDoNotMatter() throws Exception {
    start();
    for (Instant time : List.of(Instant.now().plus(Duration.ofDays(400)), Instant.EPOCH, Instant.now().minus(Duration.ofDays(400)))) {
      int before = recorder.told.size();
      Path aside = Files.writeString(home.resolve("aside"), "same length");
      Files.setLastModifiedTime(aside, FileTime.from(time));
      long moved = System.nanoTime();
      Files.move(aside, file("a.jar"), StandardCopyOption.REPLACE_EXISTING);
      Await.until(() -> "a file of " + time, () -> recorder.told.size() > before);
      assertTrue(recorder.times.get(before) - moved < TimeUnit.SECONDS.toNanos(1), "told late for " + time);
    }
  }

  @Test
  void aLinkToNothingIsStillThere() throws Exception {
    start();
    Path target = Files.writeString(home.resolve("target"), "x");
    Files.createSymbolicLink(file("a.jar"), target);
    recorder.awaitTold("+a.jar");
    Files.delete(target);
    recorder.awaitTold("+a.jar", "+a.jar");
  }

  @Test
  void aHandlerThatThrowsDoesNotEndTheWatch() throws Exception {
    Files.createDirectories(folder());
    start(new FolderWatch(folder(), new FolderWatch.Handler() {
      @Override
      public boolean changed(Path file, boolean patient) {
        recorder.changed(file, patient);
        throw new IllegalStateException("made to fail by a test");
      }

      @Override
      public void removed(String name) {
        recorder.removed(name);
        throw new NoClassDefFoundError("made to fail by a test");
      }
    }, Duration.ZERO));
    put("a.jar", "x");
    recorder.awaitTold("+a.jar");
    Files.delete(file("a.jar"));
    recorder.awaitTold("+a.jar", "-a.jar");
    put("b.jar", "x");
    recorder.awaitTold("+a.jar", "-a.jar", "+b.jar");
  }

  @Test
  void aFolderThatWasUnmountedIsNotAnEmptyOne() throws Exception {
    Files.createDirectories(folder());
    put("a.jar", "a");
    AtomicBoolean unmounted = new AtomicBoolean();
    Listing listing = new Listing(folder()) {
      @Override
      Snapshot read() throws IOException {
        return unmounted.get() ? new Snapshot(Map.of(), "mount point", "root") : super.read();
      }
    };
    start(new FolderWatch(recorder, Duration.ZERO, listing,
        new Notices(folder(), () -> folder().getFileSystem().newWatchService(), Duration.ofMinutes(1))));
    recorder.awaitTold("+a.jar");
    unmounted.set(true);
    Await.until(watch::status, () -> watch.status().contains("unmounted"));
    Files.delete(file("a.jar"));
    Await.through(Duration.ofMillis(500), () -> recorder.told.size() == 1);
    unmounted.set(false);
    recorder.awaitTold("+a.jar", "-a.jar");
    assertEquals("watched", watch.status());
  }
}
