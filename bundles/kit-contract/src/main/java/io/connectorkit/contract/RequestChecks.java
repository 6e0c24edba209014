package io.connectorkit.contract;

import static io.connectorkit.contract.RowChecks.unchanged;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Filter;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/** What the host may ask for besides all rows. */
final class RequestChecks {

  private static final int MOST_FILTERS = 3;

  private RequestChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("projection-keeps-rows", "asked for some columns, a table delivers these or all of them, in the same rows",
            "the operator chose columns, not rows", "leave columns out, or ignore the wish; drop no row that looks the same without them",
            RequestChecks::projection),
        new Check("filters-lose-no-row", "asked for rows that pass a filter, a table delivers all of them; more is fine",
            "the host filters again, but cannot bring back what never came", "push down only what the source decides exactly as SQL does, or ignore the wish",
            RequestChecks::filters),
        new Check("watermark-is-inclusive", "asked for rows from a watermark on, a table delivers those at it and above it; more is fine",
            "rows that share the last value are lost otherwise", "ask the source for >= and not for >", RequestChecks::watermark),
        new Check("end-watermark-is-accepted", "the watermark that a read ends with is of the column's kind, or opaque, and can be read from",
            "the next run begins with it", "give endingAt(…) what read(…) understands", RequestChecks::endWatermark),
        new Check("splits-are-the-whole", "the pieces of a table together hold each of its rows once, and there is at least one piece",
            "a row in no piece is lost, one in two is doubled", "cut by ranges that meet and do not overlap: from included, to excluded, nulls in one of them",
            RequestChecks::splits));
  }

  private static void projection(Trial trial) throws Exception {
    trial.eachWholeTable((table, sample) -> {
      Set<String> wanted = new LinkedHashSet<>(table.primaryKey());
      table.incrementalColumn().ifPresent(wanted::add);
      table.tombstoneColumn().ifPresent(wanted::add);
      List<String> all = table.schema().getFields().stream().map(Field::getName).toList();
      all.stream().filter(name -> !wanted.contains(name)).skip(wanted.isEmpty() ? 1 : 0).limit(1).forEach(wanted::add);
      List<String> some = all.stream().filter(wanted::contains).toList();
      if (some.size() == all.size() || some.isEmpty() || !sample.names().containsAll(some)) {
        throw new NotApplicable("has too few columns");
      }
      Rows part = trial.again(ProbeRequest.all(table).columns(some), "a read of the columns " + some);
      if (!part.names().equals(all) && !part.names().equals(some)) {
        throw new Violation(Trial.in(table) + "asked for the columns " + some + " it delivers " + Words.quoted(part.names()));
      }
      var difference = Rows.difference(sample.only(some), part.only(some));
      if (difference.isPresent() && unchanged(trial, table, sample)) {
        throw new Violation(Trial.in(table) + "asked for the columns " + some + " it has other rows: " + difference.get());
      }
    });
  }

  private static void filters(Trial trial) throws Exception {
    trial.eachWholeTable((table, sample) -> {
      List<Filter> filters = Conditions.of(table, sample).stream().limit(MOST_FILTERS).toList();
      if (filters.isEmpty()) {
        throw new NotApplicable("has nothing to filter on");
      }
      for (Filter filter : filters) {
        Rows part = trial.again(ProbeRequest.all(table).where(filter), "a read with the filter " + Words.quoted(filter));
        lost(trial, table, sample, part, Conditions.passing(sample, filter), "with the filter " + Words.quoted(filter));
      }
    });
  }

  /** Only rows that should have come count: what comes besides is the host's to drop. */
  private static void lost(Trial trial, TableInfo table, Rows sample, Rows part, List<List<Object>> expected, String how) {
    if (!part.complete) {
      return;
    }
    var lost = Rows.missing(expected, part.rows);
    if (lost.isPresent() && unchanged(trial, table, sample)) {
      throw new Violation(Trial.in(table) + "read " + how + " it lacks the row " + Words.row(lost.get()));
    }
  }

  private static void watermark(Trial trial) throws Exception {
    trial.eachWholeTable((table, sample) -> {
      String column = table.incrementalColumn().orElseThrow(() -> new NotApplicable("has no incremental column"));
      List<Object> values = Conditions.sorted(sample, column);
      if (values.isEmpty()) {
        throw new NotApplicable("has no value in '" + column + "' that can be compared");
      }
      Watermark lower = new Watermark(values.get(values.size() / 2));
      String how = "from the watermark " + Words.quoted(lower.text()) + " on";
      Rows part = trial.again(ProbeRequest.all(table).from(lower), "a read " + how);
      Filter above = new Filter(column, Filter.Operator.GE, List.of(lower.value()));
      boolean full = part.source.end().mode() == BatchSource.Mode.FULL;
      lost(trial, table, sample, part, full ? sample.rows : Conditions.passing(sample, above), how);
    });
  }

  private static void endWatermark(Trial trial) throws Exception {
    trial.eachWholeTable((table, sample) -> {
      Watermark end = sample.source.end().watermark() == null ? null : sample.source.end().watermark().get();
      if (end == null) {
        throw new NotApplicable("ends with no watermark of its own");
      }
      List<Object> values = table.incrementalColumn().map(column -> Conditions.sorted(sample, column)).orElse(List.of());
      if (end.kind() != Watermark.Kind.OPAQUE && !values.isEmpty() && new Watermark(values.get(0)).kind() != end.kind()) {
        throw new Violation(Trial.in(table) + "its end watermark is of kind " + end.kind() + ", the incremental column of "
            + new Watermark(values.get(0)).kind());
      }
      trial.again(ProbeRequest.all(table).from(end), "a read from its own end watermark");
    });
  }

  private static void splits(Trial trial) throws Exception {
    trial.eachWholeTable((table, sample) -> {
      List<Split> splits = trial.calls().with(probe -> ((Reads) trial.calls().connector()).splits(ProbeRequest.all(table).in(probe.context())));
      if (splits == null || splits.isEmpty()) {
        throw new Violation(Trial.in(table) + "splits() gives no piece");
      }
      if (splits.equals(List.of(Split.WHOLE))) {
        throw new NotApplicable("is one piece");
      }
      if (new HashSet<>(splits).size() < splits.size()) {
        throw new Violation(Trial.in(table) + "splits() gives a piece twice");
      }
      List<List<Object>> together = new ArrayList<>();
      for (Split split : splits) {
        together.addAll(trial.again(ProbeRequest.all(table).piece(split), "a read of the piece " + Words.quoted(split.text())).rows);
      }
      var difference = Rows.difference(sample.rows, together);
      if (difference.isPresent() && unchanged(trial, table, sample)) {
        throw new Violation(Trial.in(table) + "its " + splits.size() + " pieces together are not the table: " + difference.get());
      }
    });
  }
}
