package io.connectorkit.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parts of {@code data/tmp} that belong to one process: {@code job-<pid>} (bundle cache of a job), {@code jvm-<pid>} (what libraries
 * unpack, 72 MB for DuckDB alone) and {@code duckdb-<pid>} (what did not fit into memory). A process that crashed leaves them; the next
 * host removes them.
 */
public final class TemporaryFolders {

  private static final Pattern OWNED = Pattern.compile("(?:job|jvm|duckdb)-(\\d+)");

  private static final String DISCARDED = "discarded-";
  private static final long START_SECONDS = 20;

  private final Path root;
  private final long pid = ProcessHandle.current().pid();

  public TemporaryFolders(HostFolders folders) {
    this.root = folders.temporary();
  }

  Path job() {
    return root.resolve("job-" + pid);
  }

  /**
   * Puts a folder aside whose content nobody needs any more. It goes after the start, since a cache of hundreds of bundles takes seconds;
   * those of starts that did not last so long go at once.
   */
  void discard(Path folder) throws IOException {
    long delay = discarded().isEmpty() ? START_SECONDS : 0;
    if (Files.exists(folder)) {
      Files.move(folder, root.resolve(DISCARDED + System.nanoTime()));
    }
    CompletableFuture.delayedExecutor(delay, TimeUnit.SECONDS, TemporaryFolders::begin).execute(this::sweepDiscarded);
  }

  private static void begin(Runnable work) {
    Thread sweeper = new Thread(work, "kit-sweep");
    sweeper.setDaemon(true);
    sweeper.start();
  }

  private void sweepDiscarded() {
    try {
      for (Path folder : discarded()) {
        delete(folder);
      }
    } catch (IOException leftToTheNextStart) {
      return;
    }
  }

  private List<Path> discarded() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(DISCARDED)).toList();
    }
  }

  /** Removes what dead processes left; {@code all} says that nobody else works here, so that files nobody owns go as well. */
  void sweep(boolean all) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Matcher owned = OWNED.matcher(entry.getFileName().toString());
        boolean discarded = entry.getFileName().toString().startsWith(DISCARDED);
        if (owned.matches() ? isLeftOver(Long.parseLong(owned.group(1))) : all && !discarded) {
          delete(entry);
        }
      }
    }
    Path own = root.resolve("jvm-" + pid);
    if (Path.of(System.getProperty("java.io.tmpdir")).equals(own)) {
      Files.createDirectories(own);
    }
  }

  /** In a container each start gets the same process id, so a folder with ours is an old one as well. */
  private boolean isLeftOver(long owner) {
    return owner == pid || ProcessHandle.of(owner).isEmpty();
  }

  /** Removes the folders of this process. Never throws: the next host would do it too. */
  public void deleteOwn() {
    try {
      delete(job());
      delete(root.resolve("jvm-" + pid));
      delete(root.resolve("duckdb-" + pid));
    } catch (IOException leftToTheNextSweep) {
      return;
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException sweptBySomebodyElse) {
      return;
    }
  }
}
