package io.connectorkit.runtime.internal.store;

import io.connectorkit.host.KitException;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The extract of one instance. Everything that writes needs the {@link ExtractLock}. */
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
    try {
      return new ExtractFile(duckDb, trail).read(paths.extract());
    } catch (SQLException e) {
      throw new KitException("KIT-4002", paths.extract() + " cannot be read: " + Sql.firstLine(e)
          + "; restore it from a backup, or delete it to extract everything anew", e);
    }
  }

  /** Publishes: builds the new file aside, puts it on disk, renames it over the old one. Before the rename nothing served has changed. */
  public void publish(ExtractContent content) {
    try {
      Files.createDirectories(paths.tmp());
      trail.reached("publish.begun");
      Path next = paths.tmp().resolve("extract-" + UUID.randomUUID() + ".duckdb");
      new ExtractFile(duckDb, trail).write(next, paths.root(), content);
      Path wal = next.resolveSibling(next.getFileName() + ".wal");
      if (Files.exists(wal)) {
        throw new KitException("KIT-4003", wal + " was left by the checkpoint; nothing is published, run again");
      }
      trail.reached("extract.closed");
      syncSnapshots(content);
      Durable.replace(next, paths.extract(), "extract", trail);
    } catch (SQLException | IOException e) {
      throw new KitException("KIT-4003", "the extract in " + paths.root() + " cannot be written: " + Sql.firstLine(e)
          + "; the last one stays, check the disk", e);
    }
    link(content);
    trail.reached("publish.done");
  }

  private void syncSnapshots(ExtractContent content) throws IOException {
    String run = content.runs().isEmpty() ? "" : content.runs().get(0).record().run();
    Path folder = paths.snapshots().resolve(run);
    boolean any = false;
    for (TableRecord table : content.tables()) {
      if (table.run().equals(run)) {
        Durable.sync(paths.root().resolve(table.file()));
        trail.reached("snapshot.synced");
        any = true;
      }
    }
    if (any) {
      Durable.sync(folder);
      Durable.sync(paths.snapshots());
      trail.reached("snapshots.kept");
    }
  }

  /** Gives each table its stable path. Not part of the commit: what is missing after a crash is made up for at the next start. */
  private void link(ExtractContent content) {
    try {
      Files.createDirectories(paths.data());
      Files.createDirectories(paths.tmp());
      Set<Path> wanted = new HashSet<>();
      for (TableRecord table : content.tables()) {
        Path stable = paths.data().resolve(table.table() + ".parquet");
        Path file = paths.root().resolve(table.file());
        wanted.add(stable);
        if (!Files.exists(stable) || !Files.isSameFile(stable, file)) {
          Path link = paths.tmp().resolve("link-" + UUID.randomUUID());
          Files.createLink(link, file);
          trail.reached("link.made");
          Files.move(link, stable, StandardCopyOption.ATOMIC_MOVE);
          trail.reached("link.renamed");
        }
      }
      for (Path file : Durable.list(paths.data())) {
        if (!wanted.contains(file)) {
          Files.delete(file);
          trail.reached("link.removed");
        }
      }
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
      for (Path stray : Durable.list(paths.tmp())) {
        Durable.delete(stray);
      }
      Set<Path> used = content.tables().stream().map(table -> paths.root().resolve(table.file())).collect(Collectors.toSet());
      Set<String> committed = content.runs().stream().map(run -> run.record().run()).collect(Collectors.toSet());
      Instant limit = Instant.now().minus(grace);
      for (Path run : Durable.list(paths.snapshots())) {
        if (!committed.contains(run.getFileName().toString()) && used.stream().noneMatch(file -> file.startsWith(run))) {
          Durable.delete(run);
          trail.reached("sweep.discarded");
          continue;
        }
        for (Path file : Durable.list(run)) {
          if (!used.contains(file) && replacedAt(content, run.getFileName().toString(), file).isBefore(limit)) {
            Files.delete(file);
            trail.reached("sweep.removed");
          }
        }
        if (Durable.list(run).isEmpty()) {
          Files.delete(run);
        }
      }
    } catch (IOException e) {
      LOG.warn("KIT-4005 {}: old files cannot be removed: {}", paths.root(), e.toString());
    }
    link(content);
  }

  /** When a later run published the table of a file anew. */
  private static Instant replacedAt(ExtractContent content, String run, Path file) {
    String table = file.getFileName().toString().replaceFirst("\\.parquet$", "");
    return content.runs().stream().map(RunEntry::record)
        .filter(record -> record.run().compareTo(run) > 0 && record.tables().stream().anyMatch(outcome -> published(outcome, table)))
        .map(record -> record.startedAt().plusMillis((long) (record.seconds() * 1000)))
        .min(Instant::compareTo).orElse(Instant.EPOCH);
  }

  private static boolean published(TableOutcome outcome, String table) {
    return outcome.table().equals(table) && (outcome.outcome() == Outcome.OK || outcome.outcome() == Outcome.EMPTY);
  }
}
