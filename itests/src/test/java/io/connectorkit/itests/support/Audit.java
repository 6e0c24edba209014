package io.connectorkit.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What lies in the folder of an instance, judged from outside: by the views that people query, not by the host's own records. */
public final class Audit {

  private static final Pattern PARQUET = Pattern.compile("'((?:[^']|'')+\\.parquet)'");

  private final Path folder;

  public Audit(Path folder) {
    this.folder = folder;
  }

  private Path extract() {
    return folder.resolve("extract.duckdb");
  }

  private List<List<String>> query(String sql) {
    return Database.query(extract(), sql);
  }

  /** The files that views read, by view. */
  private TreeMap<String, Set<Path>> files() {
    TreeMap<String, Set<Path>> files = new TreeMap<>();
    for (List<String> view : query("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal")) {
      Set<Path> paths = files.computeIfAbsent(view.get(0), name -> new TreeSet<>());
      PARQUET.matcher(view.get(1)).results().forEach(match -> paths.add(Path.of(match.group(1).replace("''", "'"))));
    }
    return files;
  }

  /** Where the parts of an extract contradict each other; none if there is no extract. */
  public List<String> contradictions() {
    if (!Files.exists(extract())) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    var views = files();
    Set<String> known = new TreeSet<>();
    String counts = views.keySet().stream().map(view -> "SELECT '" + view + "' AS table_name, count(*) AS counted FROM \"" + view + '"')
        .collect(Collectors.joining(" UNION ALL "));
    if (counts.isEmpty()) {
      counts = "SELECT '' AS table_name, 0 AS counted WHERE false";
    }
    for (List<String> row : query("SELECT table_name, rows, counted, t.run_id, r.run_id FROM _meta FULL JOIN _kit_tables t USING (table_name)"
        + " FULL JOIN (" + counts + ") USING (table_name) LEFT JOIN _kit_runs r ON r.run_id = t.run_id")) {
      if (!known.add(row.get(0))) {
        found.add(row.get(0) + " stands there twice");
      }
      if (row.contains(null) || !row.get(1).equals(row.get(2))) {
        found.add(row.get(0) + ": _meta says " + row.get(1) + " rows, the view has " + row.get(2) + ", of run " + row.get(3)
            + (row.get(4) == null ? ", which is unknown" : ""));
      }
    }
    return found;
  }

  /** Files that no view reads, no reader can come to, and the host does not work with. */
  public List<String> strays() {
    Set<Path> used = new HashSet<>();
    used.add(extract());
    used.add(folder.resolve(".kit/lock"));
    used.add(folder.resolve(".kit/publishing"));
    Set<Object> keys = new HashSet<>();
    if (Files.exists(extract())) {
      files().values().forEach(used::addAll);
      used.stream().filter(Files::exists).forEach(file -> keys.add(key(file)));
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(path -> Files.isRegularFile(path) ? !used.contains(path) && !link(path, keys) : emptyRun(path))
          .map(path -> folder.relativize(path).toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean link(Path file, Set<Object> keys) {
    return file.startsWith(folder.resolve("data")) && keys.contains(key(file));
  }

  private boolean emptyRun(Path path) {
    return path.getParent().equals(folder.resolve(".kit/snapshots")) && Folders.list(path).isEmpty();
  }

  private static Object key(Path file) {
    try {
      return Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
