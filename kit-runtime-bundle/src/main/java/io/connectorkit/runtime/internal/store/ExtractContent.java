package io.connectorkit.runtime.internal.store;

import io.connectorkit.host.RunRecord.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * All that an extract holds beside the rows.
 *
 * @param tables by view name
 * @param runs newest first
 */
public record ExtractContent(List<TableRecord> tables, List<RunEntry> runs) {

  /** Nothing yet. */
  public static final ExtractContent EMPTY = new ExtractContent(List.of(), List.of());

  /** The fingerprint of the last run that published something. */
  public Optional<String> fingerprint() {
    return runs.stream().filter(run -> run.record().outcome() == Outcome.OK || run.record().outcome() == Outcome.PARTIAL)
        .map(RunEntry::fingerprint).findFirst();
  }
}
