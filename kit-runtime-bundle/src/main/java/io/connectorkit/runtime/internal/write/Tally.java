package io.connectorkit.runtime.internal.write;

import io.connectorkit.api.WriteMode;
import io.connectorkit.api.WriteResult;
import io.connectorkit.host.WriteOrder;
import io.connectorkit.host.WriteRecord;
import io.connectorkit.host.WriteRecord.Outcome;
import io.connectorkit.host.WriteRecord.Refusal;
import io.connectorkit.runtime.internal.extract.Redaction;
import io.connectorkit.runtime.internal.registry.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What has become of the rows so far. */
final class Tally {

  private final String write;
  private final WriteOrder order;
  private final Instance instance;
  private final String table;
  private final Instant start = Instant.now();
  private final List<Refusal> refusals = new ArrayList<>();
  private long rows;
  private long answered;
  private long refused;

  Tally(String write, WriteOrder order, Instance instance, String table) {
    this.write = write;
    this.order = order;
    this.instance = instance;
    this.table = table;
  }

  void expect(long count) {
    rows = count;
  }

  void add(Batch batch, WriteResult result) {
    answered += batch.size();
    refused += result.refused().size();
    List<WriteResult.Refused> told = result.refused().stream().sorted((one, other) -> Integer.compare(one.row(), other.row()))
        .limit(WriteRecord.MAX_REFUSALS - (long) refusals.size()).toList();
    List<Map<String, Object>> values = batch.rows();
    told.forEach(row -> refusals.add(new Refusal(batch.firstRow() + row.row(), key(batch, values.get(row.row())),
        Redaction.clean(String.valueOf(row.reason()), instance))));
  }

  private String key(Batch batch, Map<String, Object> row) {
    return Redaction.clean(batch.table().primaryKey().stream().filter(row::containsKey).map(column -> column + "=" + row.get(column))
        .collect(Collectors.joining(", ")), instance);
  }

  /** Rows that the source has answered for. */
  long answered() {
    return answered;
  }

  WriteRecord ended() {
    Outcome outcome = refused == 0 ? Outcome.OK : refused == rows ? Outcome.FAILED : Outcome.PARTIAL;
    return record(outcome, "");
  }

  WriteRecord ended(Outcome outcome, String error) {
    return record(outcome, error);
  }

  private WriteRecord record(Outcome outcome, String error) {
    WriteMode mode = order.mode();
    return new WriteRecord(write, order.instance(), table, mode, order.dryRun(), start, Duration.between(start, Instant.now()).toMillis() / 1000.0,
        outcome, rows, answered - refused, refused, List.copyOf(refusals), error);
  }
}
