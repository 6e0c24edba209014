package io.connectorkit.runtime.internal.store;

import io.connectorkit.host.RunRecord.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that an extract holds beside the rows.
 *
 * @param tables by view name
 * @param runs newest first
 * @param retired files that are published no more, those of streams by their folder
 * @param marks how far streams have come: small texts of whoever publishes them, by name
 */
public record ExtractContent(List<TableRecord> tables, List<RunEntry> runs, List<RetiredFile> retired, Map<String, String> marks) {

  /** Begins the name of a folder for the files of streams, which are too many to be told one by one. */
  public static final String STREAMS = "s";

  /** Nothing yet. */
  public static final ExtractContent EMPTY = new ExtractContent(List.of(), List.of(), List.of(), Map.of());

  /** What is published next; files that these tables do not have any more are retired. */
  public ExtractContent next(List<TableRecord> nextTables, List<RunEntry> nextRuns, Instant now) {
    Set<String> kept = paths(nextTables).collect(Collectors.toSet());
    Map<String, RetiredFile> all = new LinkedHashMap<>();
    retired.forEach(file -> all.put(file.path(), file));
    paths(tables).filter(path -> !kept.contains(path)).map(ExtractContent::place).forEach(path -> all.put(path, new RetiredFile(path, now)));
    return new ExtractContent(List.copyOf(nextTables), List.copyOf(nextRuns), List.copyOf(all.values()), marks);
  }

  /** The same with other marks. */
  public ExtractContent with(Map<String, String> others) {
    return new ExtractContent(tables, runs, retired, Map.copyOf(others));
  }

  private static String place(String path) {
    Path folder = Path.of(path).getParent();
    return folder != null && folder.getFileName().toString().startsWith(STREAMS) ? folder.toString() : path;
  }

  private static Stream<String> paths(List<TableRecord> tables) {
    return tables.stream().flatMap(table -> table.files().stream()).map(StoredFile::path);
  }

  /** The paths of all published files. */
  public Set<String> paths() {
    return paths(tables).collect(Collectors.toSet());
  }

  /** The published table of that name. */
  public Optional<TableRecord> table(String name) {
    return tables.stream().filter(table -> table.table().equals(name)).findFirst();
  }

  /** The fingerprint of the last run that published something. */
  public Optional<String> fingerprint() {
    return runs.stream().filter(run -> run.record().outcome() == Outcome.OK || run.record().outcome() == Outcome.PARTIAL)
        .map(RunEntry::fingerprint).findFirst();
  }

  /** Whether the last run failed as a whole. */
  public boolean failed() {
    return !runs.isEmpty() && runs.get(0).record().outcome() == Outcome.FAILED;
  }
}
