package io.connectorkit.contract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Capability;
import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Event;
import io.connectorkit.api.Streams;
import io.connectorkit.api.TableInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** What a connector makes of events: of one that nobody knows, and of those that the vendor gives as samples. */
final class StreamChecks {

  private static final int ONE_ROW = 1;
  private static final Event UNKNOWN = new Event("kit-contract", Instant.EPOCH, Map.of(),
      "{\"kit_contract\": \"no such event\"}".getBytes(StandardCharsets.UTF_8));

  private StreamChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("unknown-event-changes-nothing", "an event that the connector does not know gives no changes, or a ConnectorException that is not"
            + " transient", "sources send kinds of events that came after the connector was written: one that is tried again for ever holds up all"
            + " that come after it", "match kinds of events by their whole names, and answer with no changes for all others", StreamChecks::unknown),
        new Check("changes-fit-their-tables", "changes name tables with the capability stream, rows have their key, deletions name columns of the table,"
            + " and values convert to the types of the columns", "the changes of an event are committed together, so that one that does not fit loses"
            + " all of them", "name tables by their source ids, and give values that the declared types hold", StreamChecks::fit),
        new Check("an-event-gives-the-same-changes-again", "an event that comes a second time gives the same changes",
            "after a crash the same events come again, and their changes must end in the same rows",
            "make keys of what the event says, and no value of the time or of chance", StreamChecks::again));
  }

  private static Streams streams(Trial trial) {
    if (trial.subject().connector() instanceof Streams connector) {
      return connector;
    }
    throw new NotApplicable("the connector does not stream");
  }

  private static List<Event> samples(Trial trial) {
    streams(trial);
    if (trial.subject().events().isEmpty()) {
      throw new NotApplicable("no sample of an event is given");
    }
    return trial.subject().events();
  }

  private static Changes changes(Trial trial, Event event) throws Exception {
    Streams connector = streams(trial);
    List<TableInfo> tables = trial.tables();
    return Objects.requireNonNull(trial.calls().with(probe -> connector.changes(probe.context(), tables, List.of(event))), "changes() answered null");
  }

  private static void unknown(Trial trial) throws Exception {
    Changes changes;
    try {
      changes = changes(trial, UNKNOWN);
    } catch (NotApplicable | TimeoutException e) {
      throw e;
    } catch (ConnectorException e) {
      if (e.kind() == ConnectorException.Kind.TRANSIENT) {
        throw new Violation("an event that nobody knows: the error is transient (" + Words.failure(e) + "), as if it could be known the next time");
      }
      return;
    } catch (Exception e) {
      throw new Violation("an event that nobody knows: the error is a " + Words.failure(e) + ", and must be a ConnectorException");
    }
    if (!changes.list().isEmpty()) {
      throw new Violation("an event that nobody knows gives " + changes.list().size() + " changes, such as " + Words.quoted(changes.list().get(0)));
    }
  }

  private static void fit(Trial trial) throws Exception {
    for (Event event : samples(trial)) {
      for (Changes.Change change : changes(trial, event).list()) {
        String where = "event " + Words.quoted(event.id()) + ": ";
        TableInfo table = trial.tables().stream().filter(each -> each.sourceId().equals(change.table())).findFirst()
            .orElseThrow(() -> new Violation(where + "a change names the table " + Words.quoted(change.table()) + ", which discover() does not list"));
        if (!table.capabilities().contains(Capability.STREAM)) {
          throw new Violation(where + Trial.in(table) + "it is changed, and has not the capability stream");
        }
        if (change instanceof Changes.Upsert upsert) {
          row(trial, where, table, upsert.row());
        } else if (change instanceof Changes.Delete delete) {
          scope(trial, where, table, delete.scope());
        }
      }
    }
  }

  private static void row(Trial trial, String where, TableInfo table, Map<String, ?> row) throws Exception {
    table.primaryKey().stream().filter(column -> row.get(column) == null).findFirst().ifPresent(column -> {
      throw new Violation(where + Trial.in(table) + "a row has no value for '" + column + "', which belongs to the key");
    });
    convert(trial, where, table, row);
  }

  private static void scope(Trial trial, String where, TableInfo table, Map<String, ?> scope) throws Exception {
    TableInfo.Builder only = TableInfo.table(table.sourceId()).as(table.viewName());
    for (Map.Entry<String, ?> value : scope.entrySet()) {
      Field field = table.schema().getFields().stream().filter(each -> each.getName().equals(value.getKey())).findFirst()
          .orElseThrow(() -> new Violation(where + Trial.in(table) + "a deletion names the column " + Words.quoted(value.getKey())
              + ", which the table has not"));
      if (value.getValue() == null) {
        throw new Violation(where + Trial.in(table) + "a deletion gives null for '" + field.getName() + "', which finds no row");
      }
      only.column(new Field(field.getName(), FieldType.nullable(field.getType()), field.getChildren()));
    }
    convert(trial, where, only.build(), scope);
  }

  private static void convert(Trial trial, String where, TableInfo table, Map<String, ?> values) throws Exception {
    try {
      trial.calls().with(probe -> {
        probe.use(BatchSource.records(probe.request(table, ONE_ROW), Stream.of(values)), ONE_ROW, reader -> {
          while (reader.loadNextBatch()) {
            reader.getVectorSchemaRoot();
          }
        });
        return null;
      });
    } catch (ConnectorException e) {
      throw new Violation(where + Trial.in(table) + Words.failure(e));
    }
  }

  private static void again(Trial trial) throws Exception {
    for (Event event : samples(trial)) {
      List<Changes.Change> one = changes(trial, event).list();
      List<Changes.Change> other = changes(trial, event).list();
      if (!one.equals(other)) {
        int at = 0;
        while (at < Math.min(one.size(), other.size()) && one.get(at).equals(other.get(at))) {
          at++;
        }
        throw new Violation("event " + Words.quoted(event.id()) + ": it gives " + one.size() + " changes and then " + other.size()
            + ", which differ from change " + (at + 1) + " on");
      }
    }
  }
}
