package io.connectorkit.runtime.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Stable paths for people and downloaders, as hard links: {@code data/<table>.parquet}, or {@code data/<table>/<n>.parquet} for a table of
 * several files; {@code data/<table>/<month>.parquet} for a partitioned one, or {@code <month>.<n>.parquet}. A table or month of which rows are
 * marked as deleted has none, since its files alone would show them; compaction brings them back.
 */
final class DataLinks {

  private final ExtractPaths paths;
  private final Trail trail;

  DataLinks(ExtractPaths paths, Trail trail) {
    this.paths = paths;
    this.trail = trail;
  }

  /** Makes the links what the tables need, and removes all others. */
  void update(List<TableRecord> tables) throws IOException {
    Files.createDirectories(paths.data());
    Map<Path, Path> wanted = new HashMap<>();
    for (TableRecord table : tables) {
      table.partitions().forEach((month, part) -> {
        if (part.deletes().isEmpty()) {
          add(month, part, wanted);
        }
      });
    }
    for (var link : wanted.entrySet()) {
      link(link.getKey(), link.getValue());
    }
    for (Path entry : Durable.list(paths.data())) {
      if (Files.isDirectory(entry) && wanted.keySet().stream().anyMatch(link -> link.startsWith(entry))) {
        for (Path file : Durable.list(entry)) {
          remove(file, wanted);
        }
      } else {
        remove(entry, wanted);
      }
    }
  }

  private void add(String month, TableRecord table, Map<Path, Path> wanted) {
    List<StoredFile> data = table.data();
    Path folder = paths.data().resolve(table.table());
    for (int i = 0; i < data.size(); i++) {
      String number = data.size() == 1 ? "" : String.valueOf(i + 1);
      String name = month + (month.isEmpty() || number.isEmpty() ? "" : ".") + number;
      Path link = name.isEmpty() ? paths.data().resolve(table.table() + ".parquet") : folder.resolve(name + ".parquet");
      wanted.put(link, paths.root().resolve(data.get(i).path()));
    }
  }

  private void remove(Path entry, Map<Path, Path> wanted) throws IOException {
    if (!wanted.containsKey(entry)) {
      Durable.delete(entry);
      trail.reached("link.removed");
    }
  }

  private void link(Path stable, Path file) throws IOException {
    if (!Files.exists(stable) || !Files.isSameFile(stable, file)) {
      Files.createDirectories(stable.getParent());
      Path link = paths.tmp().resolve("link-" + UUID.randomUUID());
      Files.createLink(link, file);
      trail.reached("link.made");
      Files.move(link, stable, StandardCopyOption.ATOMIC_MOVE);
      trail.reached("link.renamed");
    }
  }
}
