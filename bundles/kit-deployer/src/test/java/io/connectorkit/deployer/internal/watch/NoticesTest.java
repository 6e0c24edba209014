package io.connectorkit.deployer.internal.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.deployer.internal.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the system tells of nothing, or of not all, the folder is looked at. */
class NoticesTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir
  private Path folder;

  private final Recorder recorder = new Recorder();

  private FolderWatch watch(Notices notices) {
    return new FolderWatch(recorder, Duration.ZERO, new Listing(folder), notices);
  }

  private void comesAndGoes(FolderWatch watch, String status) throws Exception {
    CompletableFuture<Void> firstScan = new CompletableFuture<>();
    try (WatchThread thread = new WatchThread("test-notices", watch, true, firstScan)) {
      firstScan.get(20, TimeUnit.SECONDS);
      Files.createFile(folder.resolve("a.jar"));
      recorder.awaitTold("+a.jar");
      assertEquals(status, watch.status());
      Files.delete(folder.resolve("a.jar"));
      recorder.awaitTold("+a.jar", "-a.jar");
    }
  }

  @Test
  void aLimitOfTheSystemIsNamedAndTheFolderPolled() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    String reason = "User limit of inotify instances reached or too many open files";
    comesAndGoes(watch(new Notices(folder, () -> {
      tries.incrementAndGet();
      throw new IOException(reason);
    }, LONG)), "polled every 2 s because " + reason);
    assertEquals(1, tries.get(), "tried again later, not at every look");
  }

  @Test
  void aLimitThatWasRaisedIsNoticed() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    FolderWatch watch = watch(new Notices(folder, () -> {
      if (tries.incrementAndGet() < 3) {
        throw new IOException("User limit of inotify watches reached");
      }
      return folder.getFileSystem().newWatchService();
    }, Duration.ZERO));
    try (WatchThread thread = new WatchThread("test-notices", watch, true, new CompletableFuture<>())) {
      Await.until(watch::status, () -> tries.get() == 3 && watch.status().equals("watched"));
    }
  }

  @Test
  void aSharedFolderIsPolledSinceOthersChangeIt() throws Exception {
    Notices notices = new Notices(folder, () -> folder.getFileSystem().newWatchService(), LONG);
    assertFalse(notices.register(new Listing.Snapshot(Map.of(), "1", "server:/export nfs4")));
    assertTrue(notices.problem().contains("nfs4"), notices.problem());
    notices.close();
  }

  @Test
  void aWatchServiceThatBreaksIsReplaced() throws Exception {
    WatchService[] last = new WatchService[1];
    FolderWatch watch = watch(new Notices(folder, () -> last[0] = folder.getFileSystem().newWatchService(), LONG));
    CompletableFuture<Void> firstScan = new CompletableFuture<>();
    try (WatchThread thread = new WatchThread("test-notices", watch, true, firstScan)) {
      firstScan.get(20, TimeUnit.SECONDS);
      WatchService first = last[0];
      first.close();
      Await.until(() -> "a new watch service", () -> last[0] != first);
      Files.createFile(folder.resolve("a.jar"));
      recorder.awaitTold("+a.jar");
      assertEquals("watched", watch.status());
    }
  }
}
