package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Capability;
import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.Event;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Streams;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lives on events {@code {"id":"e1","n":1}}: {@code current} has a row for each id, {@code log} one for each event. {@code "gone":true} takes
 * the row away, {@code "poison":true} is not understood.
 */
public final class EventConnector implements Discovers, Reads, Streams {

  private static final Set<Capability> ALL = EnumSet.of(Capability.READ, Capability.STREAM);
  private static final List<TableInfo> TABLES = List.of(
      TableInfo.table("current").key("id").can(ALL).column("id", Types.text()).column("n", Types.int64()).incrementalOn("n").build(),
      TableInfo.table("log").can(ALL).column("id", Types.text()).column("n", Types.int64()).incrementalOn("n").build());
  private static final Pattern EVENT = Pattern.compile("\\{\"id\":\"([\\w-]+)\",\"n\":(\\d+)(,\"gone\":true)?\\}");

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return TABLES;
  }

  /** The source knows nothing but events. */
  @Override
  public BatchSource read(ReadRequest request) {
    return BatchSource.rows(request, Stream.empty());
  }

  @Override
  public Changes changes(ConnectorContext context, List<TableInfo> tables, List<Event> events) {
    Changes changes = new Changes();
    for (Event event : events) {
      Matcher fields = EVENT.matcher(event.text());
      if (!fields.matches()) {
        throw ConnectorException.permanent("event " + event.id() + " is not understood", null);
      }
      Map<String, Object> row = Map.of("id", fields.group(1), "n", Long.valueOf(fields.group(2)));
      changes.upsert("log", row);
      if (fields.group(3) == null) {
        changes.upsert("current", row);
      } else {
        changes.delete("current", Map.of("id", fields.group(1)));
      }
    }
    return changes;
  }
}
