package io.connectorkit.runtime.internal.store;

import io.connectorkit.host.RunRecord.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that an extract holds beside the rows.
 *
 * @param tables by view name
 * @param runs newest first
 * @param retired files that are published no more
 */
public record ExtractContent(List<TableRecord> tables, List<RunEntry> runs, List<RetiredFile> retired) {

  /** Nothing yet. */
  public static final ExtractContent EMPTY = new ExtractContent(List.of(), List.of(), List.of());

  /** What is published next; files that these tables do not have any more are retired. */
  public ExtractContent next(List<TableRecord> nextTables, List<RunEntry> nextRuns, Instant now) {
    Set<String> kept = paths(nextTables).collect(Collectors.toSet());
    List<RetiredFile> all = new ArrayList<>(retired);
    paths(tables).filter(path -> !kept.contains(path)).forEach(path -> all.add(new RetiredFile(path, now)));
    return new ExtractContent(List.copyOf(nextTables), List.copyOf(nextRuns), List.copyOf(all));
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
