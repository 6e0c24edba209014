package io.connectorkit.connector.bigquery;

import io.connectorkit.api.Capability;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Names;
import io.connectorkit.api.Settings;
import io.connectorkit.api.TableInfo;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** What the datasets have, with what the operator knows of it. */
final class Tables {

  /** So many at a time are asked for their columns. */
  private static final int LANES = 8;

  private static final Set<Capability> CAPABILITIES = EnumSet.of(Capability.READ, Capability.REMOTE);

  private final Rest rest;
  private final ConnectorContext context;
  private final Project project;
  private final Settings known;

  Tables(Rest rest) {
    this.rest = rest;
    this.context = rest.context();
    this.project = rest.project();
    this.known = context.settings().section("tables");
  }

  /** All of them, each under a name of its own: a_b.c and a.b_c are two, and so are Orders and orders. */
  List<TableInfo> list() {
    List<String> datasets = project.datasets().isEmpty() ? rest.datasets() : project.datasets();
    List<TableName> names = datasets.stream().flatMap(dataset -> rest.tables(dataset).stream()).toList();
    Map<String, Integer> views = new HashMap<>();
    names.forEach(name -> views.merge(view(name), 1, Integer::sum));
    Map<String, TableInfo> tables = new TreeMap<>();
    described(names).forEach((name, json) -> {
      String id = id(name);
      String view = views.get(view(name)) == 1 ? view(name) : Names.toView(view(name) + "_" + Integer.toHexString(id.hashCode()));
      tables.put(id, table(name, view, json));
    });
    known.values().keySet().stream().filter(id -> !tables.containsKey(id)).forEach(id -> context.log().log(Level.WARNING,
        "setting ''tables'' names {0}, which is not there; tables are named dataset.table", id));
    return List.copyOf(tables.values());
  }

  private static String id(TableName name) {
    return name.dataset() + "." + name.table();
  }

  private String view(TableName name) {
    return Names.toView(project.datasets().size() == 1 ? name.table() : id(name));
  }

  /** The tables with what BigQuery says of each; without those that have gone meanwhile, and those that have no columns yet. */
  private Map<TableName, Map<?, ?>> described(List<TableName> names) {
    List<Callable<Map<TableName, Map<?, ?>>>> lanes = IntStream.range(0, LANES).<Callable<Map<TableName, Map<?, ?>>>>mapToObj(lane -> () -> {
      Map<TableName, Map<?, ?>> part = new HashMap<>();
      for (int i = lane; i < names.size(); i += LANES) {
        context.cancellation().check();
        TableName name = names.get(i);
        rest.table(name).filter(json -> json.get("schema") instanceof Map<?, ?>).ifPresent(json -> part.put(name, json));
      }
      return part;
    }).toList();
    Map<TableName, Map<?, ?>> all = new HashMap<>();
    try {
      for (Future<Map<TableName, Map<?, ?>>> part : context.executor().invokeAll(lanes)) {
        all.putAll(part.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
    }
    return all;
  }

  private TableInfo table(TableName name, String view, Map<?, ?> json) {
    String text = Optional.ofNullable(json.get("description")).or(() -> Optional.ofNullable(json.get("friendlyName"))).map(String::valueOf).orElse("");
    String note = name.stored() ? "" : (text.isEmpty() ? "" : " ") + "(" + name.type() + ": read by a query)";
    Map<String, String> type = Map.of(TableName.TYPE, name.type());
    try {
      Settings own = known.section(id(name));
      List<String> key = new ArrayList<>(own.list("key"));
      if (key.isEmpty() && own.find("incremental").isPresent()) {
        key.addAll(declaredKey(json));
      }
      TableInfo.Builder builder = TableInfo.table(id(name)).key(key.toArray(String[]::new));
      own.find("incremental").ifPresent(builder::incrementalOn);
      own.find("deleted").ifPresent(builder::deletedBy);
      columns(json).forEach(builder::column);
      TableInfo table = builder.build();
      return new TableInfo(table.sourceId(), view, new Schema(table.schema().getFields(), type), CAPABILITIES, table.primaryKey(),
          table.incrementalColumn(), table.tombstoneColumn(), text + note);
    } catch (ConnectorException | IllegalArgumentException e) {
      // One such table must not take the others down: it stays listed, without columns, and fails when it is read.
      return new TableInfo(id(name), view, new Schema(List.of(), type), CAPABILITIES, List.of(), Optional.empty(), Optional.empty(),
          "Cannot be read: " + e.getMessage());
    }
  }

  private static List<Field> columns(Map<?, ?> json) {
    return ((Map<?, ?>) json.get("schema")).get("fields") instanceof List<?> fields ? fields.stream().map(each -> Types.field((Map<?, ?>) each)).toList()
        : List.of();
  }

  /** BigQuery does not enforce it, so that it counts only where the operator relies on increments. */
  private static List<String> declaredKey(Map<?, ?> json) {
    return json.get("tableConstraints") instanceof Map<?, ?> constraints && constraints.get("primaryKey") instanceof Map<?, ?> key
        && key.get("columns") instanceof List<?> columns ? columns.stream().map(String::valueOf).toList() : List.of();
  }
}
