package io.connectorkit.runtime.internal.extract;

import io.connectorkit.host.KitException;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.StoredFile;
import io.connectorkit.runtime.internal.store.TableRecord;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Brings what a run read together with what streams published meanwhile. Their changes are applied again on top of the run's rows, in their
 * order; where both have a row and there is an incremental column, the row with the higher value counts. Since no watermark is later than the
 * beginning of its run, the next run reads again whatever changed meanwhile.
 */
final class Rebase {

  private final Engine engine;
  private final Instance instance;
  private final ExtractPaths paths;
  private final ExtractContent begun;
  private final ExtractContent present;
  private final String run;

  /**
   * Prepares.
   *
   * @param begun what was published when the run began
   * @param present what is published now
   */
  Rebase(Engine engine, Instance instance, ExtractPaths paths, ExtractContent begun, ExtractContent present, String run) {
    this.engine = engine;
    this.instance = instance;
    this.paths = paths;
    this.begun = begun;
    this.present = present;
    this.run = run;
  }

  /** The results as they can be published now. */
  List<TableRun.Result> of(List<TableRun.Result> results) {
    return results.stream().map(this::of).toList();
  }

  private TableRun.Result of(TableRun.Result result) {
    if (result.record() == null || files(begun, result).equals(files(present, result))) {
      return result;
    }
    TableOutcome outcome = result.outcome();
    try {
      return new TableRun.Result(outcome, merged(result.record()));
    } catch (SQLException | IOException | KitException e) {
      return new TableRun.Result(TableOutcome.unpublished(outcome.table(), Outcome.FAILED, outcome.seconds(),
          Redaction.clean(e instanceof SQLException ? Sql.firstLine(e) : String.valueOf(e.getMessage()), instance)), null);
    }
  }

  private static List<StoredFile> files(ExtractContent content, TableRun.Result result) {
    return content.table(result.record().table()).map(TableRecord::files).orElse(List.of());
  }

  private TableRecord merged(TableRecord read) throws SQLException, IOException {
    ChangeJournal journal = engine.journal(instance.name());
    if (!journal.has(read.table())) {
      throw new KitException("KIT-3034", "table '" + read.table() + "': another process published it while it was read; what is published stays,"
          + " run again");
    }
    Optional<TableRecord> now = present.table(read.table());
    if (now.isPresent() && begun.table(read.table()).map(TableRecord::files).equals(Optional.of(read.files()))) {
      return now.get().with(read.state());
    }
    return journal.apply(paths, read, run + "j");
  }
}
