package io.connectorkit.contract;

import io.connectorkit.api.TableInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.arrow.vector.types.pojo.Field;

/** The rows, read as they are. */
final class RowChecks {

  private RowChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("tables-are-readable", "every table can be read to its end, or to the limit", "a table that is listed and cannot be read fails each run",
            "read the table with this instance's settings; leave it out of discover() if it cannot be read", RowChecks::readable),
        new Check("reads-are-in-time", "no read waits longer for its source than the limit", "one source that hangs holds up all others",
            "set time-outs on connections and requests, below the host's run.stall.seconds", RowChecks::inTime),
        new Check("schema-matches-batches", "the batches have the columns that discover() declared, by name and type, from the first to the last",
            "the host decides what becomes of each column before the first row", "declare what is delivered, or convert it", RowChecks::schema),
        new Check("empty-table-has-its-columns", "a table without rows has its columns all the same",
            "an empty table is published with its columns; without them the queries on it break",
            "give the reader the declared schema, also where the source answers nothing", RowChecks::empty),
        new Check("key-is-unique", "no two rows of a table have the same key", "the second row would take the place of the first one",
            "name the columns that identify a row, or leave the key out", RowChecks::unique),
        new Check("key-is-not-null", "no key column is null", "a row without a key cannot be found again", "fill the column, or leave it out of the key",
            RowChecks::keyNotNull),
        new Check("required-columns-are-filled", "a column that is declared as not nullable has no null",
            "readers of the files rely on it", "declare the column nullable, or fill it", RowChecks::required),
        new Check("reread-gives-the-same-rows", "a table read again without a change has the same rows, in whatever order",
            "otherwise nobody can tell a change from a whim, and nothing can be repeated after a failure",
            "take rows from the source alone: no clock, no chance, stable paging", RowChecks::reread),
        new Check("batch-size-does-not-matter", "batches of 1 row and of 7 hold the same rows as large ones",
            "the host chooses the size by what memory it has", "end no read with a batch, and lose no rest", RowChecks::batchSize),
        new Check("reads-go-side-by-side", "several tables read at the same time have the same rows as alone",
            "the host reads tables in parallel, for several instances of one connector", "keep what belongs to a read out of fields of the connector",
            RowChecks::sideBySide));
  }

  private static void readable(Trial trial) {
    for (TableInfo table : trial.readable()) {
      Rows sample = trial.sample(table);
      if (!sample.sound() && !sample.late) {
        throw new Violation(Trial.in(table) + "cannot be read: " + Words.failure(sample.failure));
      }
    }
  }

  private static void inTime(Trial trial) {
    for (TableInfo table : trial.readable()) {
      if (trial.sample(table).late) {
        throw new Violation(Trial.in(table) + "is not read within " + trial.limits().call().toMillis() / 1000.0 + " s");
      }
    }
  }

  private static void schema(Trial trial) throws Exception {
    trial.eachTable((table, sample) -> {
      if (sample.rows.isEmpty() && sample.flaws.isEmpty()) {
        throw new NotApplicable("empty, see empty-table-has-its-columns");
      }
      if (!sample.flaws.isEmpty()) {
        throw new Violation(Trial.in(table) + sample.flaws.get(0));
      }
      same(table, sample);
    });
  }

  private static void same(TableInfo table, Rows sample) {
    String declared = Words.columns(table.schema().getFields());
    String delivered = Words.columns(sample.columns);
    if (!declared.equals(delivered)) {
      throw new Violation(Trial.in(table) + "it declares " + declared + " and delivers " + delivered);
    }
  }

  private static void empty(Trial trial) throws Exception {
    trial.eachTable((table, sample) -> {
      if (!sample.rows.isEmpty() || !sample.flaws.isEmpty()) {
        throw new NotApplicable("has rows");
      }
      same(table, sample);
    });
  }

  private static void unique(Trial trial) throws Exception {
    trial.eachTable((table, sample) -> {
      Map<List<Object>, Integer> first = new HashMap<>();
      List<List<Object>> keys = keys(table, sample);
      for (int row = 0; row < keys.size(); row++) {
        Integer before = keys.get(row).contains(null) ? null : first.put(keys.get(row), row);
        if (before != null) {
          throw new Violation(Trial.in(table) + "rows " + (before + 1) + " and " + (row + 1) + " both have the key " + table.primaryKey() + " = "
              + Words.row(keys.get(row)) + "; it must be unique");
        }
      }
    });
  }

  private static List<List<Object>> keys(TableInfo table, Rows sample) {
    if (table.primaryKey().isEmpty()) {
      throw new NotApplicable("has no key");
    }
    if (!sample.names().containsAll(table.primaryKey())) {
      throw new NotApplicable("does not deliver its key, see schema-matches-batches");
    }
    return sample.only(table.primaryKey());
  }

  private static void keyNotNull(Trial trial) throws Exception {
    trial.eachTable((table, sample) -> {
      List<List<Object>> keys = keys(table, sample);
      for (int row = 0; row < keys.size(); row++) {
        if (keys.get(row).contains(null)) {
          throw new Violation(Trial.in(table) + "row " + (row + 1) + ": key column '" + table.primaryKey().get(keys.get(row).indexOf(null))
              + "' is null; it must not be");
        }
      }
    });
  }

  private static void required(Trial trial) throws Exception {
    trial.eachTable((table, sample) -> {
      List<String> required = table.schema().getFields().stream().filter(field -> !field.isNullable()).map(Field::getName)
          .filter(name -> !table.primaryKey().contains(name) && sample.names().contains(name)).toList();
      if (required.isEmpty()) {
        throw new NotApplicable("every column may be null");
      }
      List<List<Object>> rows = sample.only(required);
      for (int row = 0; row < rows.size(); row++) {
        if (rows.get(row).contains(null)) {
          throw new Violation(Trial.in(table) + "row " + (row + 1) + ": column '" + required.get(rows.get(row).indexOf(null))
              + "' is null, and declared as not nullable");
        }
      }
    });
  }

  private static void reread(Trial trial) throws Exception {
    trial.eachWholeTable((table, sample) -> {
      Rows second = trial.again(ProbeRequest.all(table), "reading it again");
      var difference = Rows.difference(sample.rows, second.rows);
      // The source may have changed meanwhile; it will hardly do so each time.
      if (difference.isPresent() && Rows.difference(second.rows, trial.again(ProbeRequest.all(table), "reading it again").rows).isPresent()) {
        throw new Violation(Trial.in(table) + "read twice it has different rows: " + difference.get());
      }
    });
  }

  private static void batchSize(Trial trial) throws Exception {
    trial.eachWholeTable((table, sample) -> {
      for (int size : new int[] {1, 7}) {
        Rows other = trial.again(ProbeRequest.all(table).batches(size), "a read in batches of " + size);
        var difference = Rows.difference(sample.rows, other.rows);
        if (difference.isPresent() && unchanged(trial, table, sample)) {
          throw new Violation(Trial.in(table) + "in batches of " + size + " it has other rows: " + difference.get());
        }
      }
    });
  }

  /** Whether the source still has the rows that were read first, so that a difference is not its. */
  static boolean unchanged(Trial trial, TableInfo table, Rows sample) {
    return Rows.difference(sample.rows, trial.again(ProbeRequest.all(table), "reading it again").rows).isEmpty();
  }

  private static void sideBySide(Trial trial) throws Exception {
    List<TableInfo> tables = new ArrayList<>();
    trial.eachWholeTable((table, sample) -> tables.add(table));
    List<TableInfo> twice = new ArrayList<>(tables.subList(0, Math.min(tables.size(), 4)));
    twice.addAll(List.copyOf(twice));
    List<FutureTask<Rows>> reads = new ArrayList<>();
    CyclicBarrier allOpen = new CyclicBarrier(twice.size());
    for (TableInfo table : twice) {
      FutureTask<Rows> task = new FutureTask<>(() -> trial.calls().read(ProbeRequest.all(table), allOpen::await));
      reads.add(task);
      new Thread(task, "kit-contract-beside").start();
    }
    for (int i = 0; i < twice.size(); i++) {
      TableInfo table = twice.get(i);
      Rows rows = get(reads.get(i));
      var difference = rows.sound() ? Rows.difference(trial.sample(table).rows, rows.rows) : java.util.Optional.of(Words.failure(rows.failure));
      if (difference.isPresent() && unchanged(trial, table, trial.sample(table))) {
        throw new Violation(Trial.in(table) + "read beside others it has other rows than alone: " + difference.get());
      }
    }
  }

  private static Rows get(FutureTask<Rows> read) throws Exception {
    try {
      return read.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
