package io.connectorkit.runtime.internal.store;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.HostConfig;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The extract of one instance. Everything that writes needs the right to publish, see {@link ExtractLock}. */
public final class ExtractStore {

  private static final Logger LOG = LoggerFactory.getLogger(ExtractStore.class);

  private final ExtractPaths paths;
  private final DuckDb duckDb;
  private final Trail trail;

  public ExtractStore(ExtractPaths paths, DuckDb duckDb, Trail trail) {
    this.paths = paths;
    this.duckDb = duckDb;
    this.trail = trail;
  }

  public ExtractPaths paths() {
    return paths;
  }

  /**
   * What is published.
   *
   * @throws KitException KIT-4002 if there is an extract that cannot be read; it is not touched
   */
  public ExtractContent load() {
    if (!Files.exists(paths.extract())) {
      return ExtractContent.EMPTY;
    }
    return read(file -> file.read(paths.extract()));
  }

  /** What is published, and the folder that its views name: another one than where it is, if the whole was moved since. */
  public record Placed(ExtractContent content, String root) {}

  /** The same with its place; empty if nothing is published yet. */
  public Optional<Placed> placed() {
    return Files.exists(paths.extract()) ? Optional.of(read(file -> file.placed(paths.extract()))) : Optional.empty();
  }

  private interface Read<T> {
    T from(ExtractFile file) throws SQLException;
  }

  private <T> T read(Read<T> read) {
    try {
      return read.from(new ExtractFile(duckDb, trail));
    } catch (SQLException e) {
      throw new KitException("KIT-4002", paths.extract() + " cannot be read: " + Sql.firstLine(e)
          + "; restore it from a backup, or delete it to extract everything anew", e);
    }
  }

  /**
   * Checks that a run can begin to write.
   *
   * @param mebibytes that have to be free; 0 for no check
   * @throws KitException KIT-4012 if there is less
   */
  public void requireSpace(int mebibytes) throws IOException {
    if (mebibytes <= 0) {
      return;
    }
    long free = Files.getFileStore(paths.root()).getUsableSpace() >> 20;
    if (free < mebibytes) {
      throw new KitException("KIT-4012", paths.root() + " has " + free + " MiB of free space and a run needs " + mebibytes
          + " MiB to begin; what is published stays; free some space, or lower run.min.free.mib in etc/" + HostConfig.PID + ".cfg");
    }
  }

  /**
   * Publishes: builds the new file aside, puts it on disk, renames it over the old one. Before the rename nothing served has changed.
   *
   * @param last what is published now; its files are on disk already
   * @return what is published then: the content, without tables of which files of earlier runs are damaged or gone
   */
  public ExtractContent publish(ExtractContent last, ExtractContent content) {
    Set<String> added = new TreeSet<>(content.paths());
    added.removeAll(last.paths());
    SoundTables sound = new SoundTables(paths.root(), added);
    ExtractContent possible;
    try {
      Files.createDirectories(paths.tmp());
      trail.reached("publish.begun");
      possible = sound.bySize(withoutSwept(content));
      Path next;
      try {
        next = build(possible);
      } catch (SQLException | RuntimeException e) {
        ExtractContent whole = possible;
        possible = sound.byView(whole, duckDb);
        if (possible == whole) {
          throw e;
        }
        next = build(possible);
      }
      trail.reached("extract.closed");
      sync(added);
      Durable.replace(next, paths.extract(), "extract", trail);
    } catch (SQLException | IOException e) {
      throw new KitException("KIT-4003", "the extract in " + paths.root() + " cannot be written: " + Sql.firstLine(e)
          + "; the last one stays, check the disk", e);
    }
    link(possible);
    trail.reached("publish.done");
    return possible;
  }

  private Path build(ExtractContent content) throws SQLException {
    Path next = paths.tmp().resolve("extract-" + UUID.randomUUID() + ".duckdb");
    new ExtractFile(duckDb, trail).write(next, paths.root(), content);
    Path wal = next.resolveSibling(next.getFileName() + ".wal");
    if (Files.exists(wal)) {
      throw new KitException("KIT-4003", wal + " was left by the checkpoint; nothing is published, run again");
    }
    return next;
  }

  /** Publishes the same tables again, with views that name the folder where it is now. */
  public void settle() throws IOException {
    try (ExtractLock lock = ExtractLock.acquire(paths); ExtractLock publishing = ExtractLock.publishing(paths)) {
      ExtractContent content = load();
      publish(content, content);
    }
  }

  /** Retired files that were swept meanwhile need not be remembered. */
  private ExtractContent withoutSwept(ExtractContent content) {
    return new ExtractContent(content.tables(), content.runs(), content.retired().stream()
        .filter(file -> Files.exists(paths.root().resolve(file.path()))).toList(), content.marks());
  }

  /** Puts new files and their folders on disk. */
  private void sync(Set<String> files) throws IOException {
    Set<Path> folders = new TreeSet<>();
    for (String file : files) {
      Path path = paths.root().resolve(file);
      Durable.sync(path);
      trail.reached("snapshot.synced");
      folders.add(path.getParent());
    }
    for (Path folder : folders) {
      Durable.sync(folder);
    }
    if (!folders.isEmpty()) {
      Durable.sync(paths.snapshots());
      trail.reached("snapshots.kept");
    }
  }

  /** Gives each table its stable path. Not part of the commit: what is missing after a crash is made up for at the next start. */
  private void link(ExtractContent content) {
    try {
      Files.createDirectories(paths.tmp());
      new DataLinks(paths, trail).update(content.tables());
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("KIT-4004 {}: the links for downloaders are out of date: {}; views are not concerned", paths.data(), e.toString());
    }
  }

  /**
   * Removes what no reader can need: half-built files, snapshots that were never committed, and committed ones that were replaced longer
   * ago than the grace time.
   */
  public void sweep(ExtractContent content, Duration grace) {
    try {
      Durable.delete(paths.journal());
    } catch (IOException e) {
      LOG.warn("KIT-4005 {}: old files cannot be removed: {}", paths.root(), e.toString());
    }
    sweep(content, grace, "");
    link(content);
  }

  /** Removes the same of streams alone, for what else is there may be of a run that goes on. */
  public void sweepStreams(ExtractContent content, Duration grace) {
    sweep(content, grace, ExtractContent.STREAMS);
  }

  private void sweep(ExtractContent content, Duration grace, String prefix) {
    Set<String> used = new HashSet<>(content.paths());
    Instant limit = Instant.now().minus(grace);
    content.retired().stream().filter(file -> !file.retiredAt().isBefore(limit)).map(RetiredFile::path).forEach(used::add);
    try {
      for (Path stray : Durable.list(paths.tmp())) {
        Durable.delete(stray);
      }
      for (Path run : Durable.list(paths.snapshots())) {
        if (run.getFileName().toString().startsWith(prefix) && !used.contains(paths.relative(run))) {
          sweep(run, used);
        }
      }
    } catch (IOException e) {
      LOG.warn("KIT-4005 {}: old files cannot be removed: {}", paths.root(), e.toString());
    }
  }

  private void sweep(Path run, Set<String> used) throws IOException {
    for (Path file : Durable.list(run)) {
      if (!used.contains(paths.relative(file))) {
        Durable.delete(file);
        trail.reached("sweep.removed");
      }
    }
    if (Durable.list(run).isEmpty()) {
      Files.delete(run);
      trail.reached("sweep.discarded");
    }
  }
}
