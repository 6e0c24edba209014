package io.connectorkit.runtime.internal.analytics;

import io.connectorkit.api.Names;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.store.Durable;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.ExtractLock;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.ExtractStore;
import io.connectorkit.runtime.internal.store.Steps;
import io.connectorkit.runtime.internal.store.Trail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins all extracts into {@code analytics.duckdb}. */
@Component(service = Analytics.class)
public final class Analytics {

  private static final Logger LOG = LoggerFactory.getLogger(Analytics.class);

  /** A name of its own, since that of a component has Declarative Services tell of it as well. */
  private static final Logger REFRESHES = LoggerFactory.getLogger(AnalyticsFile.class);

  private static final String UNFINISHED = ".analytics-";
  private static final String FORGOTTEN = ".forgotten-";

  private record Known(FileStamp stamp, ExtractContent content, String root) {}

  private final Home home;
  private final DuckDb duckDb;
  private final Steps steps;
  /** What was read last from each extract: kept when it cannot be read, and spared when it has not changed. */
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final SourceViews sources;
  /** Of what this process wrote last. */
  private FileStamp written = FileStamp.NONE;
  /** Null until something is written. */
  private AnalyticsFile file;

  private final AtomicBoolean settled = new AtomicBoolean();

  @Activate
  public Analytics(@Reference Home home, @Reference DuckDb duckDb, @Reference Steps steps) {
    this.home = home;
    this.duckDb = duckDb;
    this.steps = steps;
    this.sources = new SourceViews(home.extracts());
  }

  /** What is published, by instance; an extract that cannot be read shows what it held when it last could. */
  public Map<String, ExtractContent> contents() {
    Map<String, ExtractContent> result = new ConcurrentSkipListMap<>();
    // To read one takes some milliseconds, and there may be hundreds.
    instances().parallelStream().forEach(instance -> last(instance).ifPresent(content -> result.put(instance, content)));
    return result;
  }

  private List<String> instances() {
    if (!Files.isDirectory(home.extracts())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(home.extracts())) {
      return folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()).filter(Names::isInstance).sorted().toList();
    } catch (IOException e) {
      throw new KitException("KIT-4006", home.extracts() + " cannot be listed: " + e.getMessage(), e);
    }
  }

  /** The same of one instance. */
  public Optional<ExtractContent> last(String instance) {
    Known before = known.get(instance);
    try {
      return Optional.of(known(instance).content());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | KitException e) {
      LOG.warn("KIT-4007 {}: {}; its last good tables stay", instance, e.getMessage());
      return Optional.ofNullable(before).map(Known::content);
    }
  }

  private Known known(String instance) throws IOException {
    ExtractStore store = store(instance);
    Known before = known.get(instance);
    Path file = store.paths().extract();
    FileStamp stamp = FileStamp.of(file);
    if (before != null && before.stamp().equals(stamp)) {
      return before;
    }
    ExtractStore.Placed placed = store.placed().orElseThrow(() -> new NoSuchFileException(file.toString()));
    Known now = new Known(stamp, placed.content(), placed.root());
    known.put(instance, now);
    return now;
  }

  /**
   * What is published of an instance, read only if it has changed since; for whoever has the right to publish.
   *
   * @throws KitException KIT-4002 if it cannot be read
   */
  public ExtractContent current(String instance) throws IOException {
    try {
      return known(instance).content();
    } catch (NoSuchFileException e) {
      return ExtractContent.EMPTY;
    }
  }

  /** Whether the views of an instance's extract name another folder than the one that it is in. */
  public boolean moved(String instance) throws IOException {
    try {
      return !known(instance).root().equals(store(instance).paths().root().toString());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Shows what was published just now, by whoever has the right to; it need not be read again. */
  public void refresh(String instance, ExtractContent published) throws IOException {
    ExtractPaths paths = store(instance).paths();
    known.put(instance, new Known(FileStamp.of(paths.extract()), published, paths.root().toString()));
    refresh();
  }

  private ExtractStore store(String instance) {
    return new ExtractStore(new ExtractPaths(home.extracts().resolve(instance)), duckDb, steps.of(instance));
  }

  /** Brings the database up to date, in a copy that is renamed over it. */
  public void refresh() {
    refresh(System.nanoTime());
  }

  private synchronized void refresh(long begin) {
    Path next = home.extracts().resolve(UNFINISHED + UUID.randomUUID() + ".tmp");
    Trail trail = steps.of("analytics");
    trail.reached("analytics.begun");
    try {
      Files.createDirectories(home.extracts());
      AnalyticsViews wanted = AnalyticsViews.of(sources.of(contents()));
      AnalyticsViews present = file == null ? AnalyticsViews.NONE : file.present();
      if (wanted.equals(present) && isOwn()) {
        return;
      }
      wanted.hidden().stream().filter(table -> !present.hidden().contains(table)).forEach(LOG::info);
      if (file == null) {
        file = new AnalyticsFile(duckDb.temporary());
      }
      // Not that of the draft any more, until the draft is in its place: whatever happens in between, the next refresh writes.
      written = FileStamp.NONE;
      AnalyticsViews views = file.write(next, wanted, trail);
      FileStamp stamp = FileStamp.of(next);
      trail.reached("analytics.closed");
      Durable.replace(next, home.analytics(), "analytics", trail);
      written = stamp;
      tell(present == AnalyticsViews.NONE, views, (System.nanoTime() - begin) / 1_000_000);
    } catch (SQLException | IOException e) {
      close();
      throw new KitException("KIT-4008", home.analytics() + " cannot be written: " + Sql.firstLine(e) + "; the last one stays", e);
    } finally {
      next.toFile().delete();
    }
  }

  private static void tell(boolean built, AnalyticsViews views, long millis) {
    String done = "analytics.duckdb has " + views.selects().size() + " views over " + views.schemas().size() + " sources, ";
    if (built) {
      LOG.info("{}built in {} ms", done, millis);
    } else {
      REFRESHES.debug("{}refreshed in {} ms", done, millis);
    }
  }

  /** Whether the database is the one that this process wrote. */
  private boolean isOwn() throws IOException {
    return Files.exists(home.analytics()) && FileStamp.of(home.analytics()).equals(written);
  }

  /** Lets go of what is kept open for the next refresh. */
  @Deactivate
  public synchronized void close() {
    try (AnalyticsFile last = file) {
      file = null;
    } catch (SQLException | IOException e) {
      LOG.warn("KIT-4005 {}: old files cannot be removed: {}", duckDb.temporary(), e.toString());
    }
  }

  /** Takes an extract out of the database and deletes it. */
  public void forget(String instance) {
    if (!instances().contains(instance)) {
      throw new KitException("KIT-3001", "nothing was extracted of '" + instance + "'; there are extracts of " + instances());
    }
    Path aside = home.extracts().resolve(FORGOTTEN + UUID.randomUUID());
    ExtractPaths paths = store(instance).paths();
    try (ExtractLock lock = ExtractLock.acquire(paths); ExtractLock publishing = ExtractLock.publishing(paths)) {
      Files.move(home.extracts().resolve(instance), aside);
    } catch (IOException e) {
      throw new KitException("KIT-4018", home.extracts().resolve(instance) + " cannot be moved away: " + e + "; nothing is deleted", e);
    }
    known.remove(instance);
    refresh();
    sweepAside();
  }

  /** What is left over from work that broke off. */
  private synchronized void sweepAside() {
    try {
      if (Files.isDirectory(home.extracts())) {
        try (Stream<Path> files = Files.list(home.extracts())) {
          for (Path file : (Iterable<Path>) files.filter(Analytics::isAside)::iterator) {
            delete(file);
          }
        }
      }
    } catch (IOException e) {
      LOG.warn("KIT-4005 {}: old files cannot be removed: {}", home.extracts(), e.toString());
    }
  }

  private static boolean isAside(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(UNFINISHED) || name.startsWith(FORGOTTEN);
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path each : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(each);
      }
    }
  }

  /**
   * Builds the database if an extract has changed since: a refresh may have failed, and the files that it still names are not to be swept
   * before it names others.
   */
  public void catchUp() {
    for (String instance : instances()) {
      if (Files.exists(store(instance).paths().extract()) && isOlderThan(store(instance).paths().extract())) {
        refresh();
        return;
      }
    }
  }

  private boolean isOlderThan(Path extract) {
    try {
      return !Files.exists(home.analytics()) || Files.getLastModifiedTime(home.analytics()).compareTo(Files.getLastModifiedTime(extract)) < 0;
    } catch (IOException e) {
      throw new KitException("KIT-4008", home.analytics() + " cannot be compared with " + extract + ": " + e.getMessage(), e);
    }
  }

  /**
   * Once in a process: extracts whose folder was moved since they were written get views that name the place where it is now, and so does the
   * database. One that is being written at the moment gets them by that.
   */
  public void settle() {
    // Not on this object: whoever publishes has the right to first, and then refreshes.
    synchronized (settled) {
      if (!settled.getAndSet(true)) {
        settleAll();
      }
    }
  }

  private void settleAll() {
    boolean moved = false;
    for (String instance : contents().keySet()) {
      if (Thread.currentThread().isInterrupted()) {
        // The host stops; the next start goes on.
        return;
      }
      ExtractStore store = store(instance);
      try {
        if (moved(instance)) {
          moved = true;
          store.settle();
          LOG.info("{} was moved to {}", instance, store.paths().root());
        }
      } catch (IOException | KitException e) {
        LOG.warn("KIT-4016 {}: the views cannot be made to name {}: {}; the next run makes them", instance, store.paths().root(), e.getMessage());
      }
    }
    if (moved) {
      refresh();
    }
  }

  /** After a start: builds the database where a crash came between an extract and it, and sweeps what a crash left behind. */
  public void recover(Duration grace) {
    // To read the extracts is a part of it.
    long begin = System.nanoTime();
    sweepAside();
    settle();
    // First: the database of before the crash may still name files that are swept next.
    if (!contents().isEmpty()) {
      try {
        refresh(begin);
      } catch (KitException e) {
        LOG.warn(e.getMessage());
        return;
      }
    }
    for (String instance : instances()) {
      ExtractStore store = store(instance);
      try (ExtractLock lock = ExtractLock.acquire(store.paths()); ExtractLock publishing = ExtractLock.publishing(store.paths())) {
        store.sweep(last(instance).orElseGet(store::load), grace);
      } catch (IOException | KitException e) {
        LOG.warn("KIT-4005 {}: {}", instance, e.getMessage());
      }
    }
  }
}
