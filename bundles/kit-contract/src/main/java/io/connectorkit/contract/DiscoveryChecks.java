package io.connectorkit.contract;

import io.connectorkit.api.Capability;
import io.connectorkit.api.Names;
import io.connectorkit.api.TableInfo;
import io.connectorkit.declaration.ConnectorYaml;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** The tables, as they are listed. */
final class DiscoveryChecks {

  private static final Set<ArrowType.ArrowTypeID> ORDERED =
      Set.of(ArrowType.ArrowTypeID.Int, ArrowType.ArrowTypeID.Decimal, ArrowType.ArrowTypeID.Date, ArrowType.ArrowTypeID.Timestamp);

  private DiscoveryChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("discovery-answers", "discover() gives a list without nulls in time; no table at all is fine",
            "without tables there is nothing to extract, and an empty list that stands for an error would look like a source without tables",
            "throw a ConnectorException where the source does not answer, and set time-outs for what you wait for", DiscoveryChecks::answers),
        new Check("discovery-repeats", "discover() called again gives the same tables",
            "a table or column that comes and goes looks like a change of the source each time", "list tables in a way that depends on the source alone",
            DiscoveryChecks::repeats),
        new Check("table-names-are-valid", "source ids are unique; view names are identifiers, not reserved, and unique whatever their case",
            "two tables of one name would overwrite each other, and SQL does not tell upper from lower case",
            "let TableInfo.table(id) make the view name, or give another one with as(…)", DiscoveryChecks::names),
        new Check("columns-are-valid", "column names are not blank and unique whatever their case; key, incremental and tombstone columns are among them,"
            + " and the incremental one has an order", "SQL does not tell upper from lower case, and increments need to compare values",
            "rename the column, or name one that is there", DiscoveryChecks::columns),
        new Check("table-capabilities-are-the-connectors", "each table's capabilities are some of those that the connector declares",
            "a table that promises more is asked for what nobody delivers", "leave out of TableInfo.can(…) what the connector has not",
            DiscoveryChecks::capabilities));
  }

  private static void answers(Trial trial) throws Exception {
    try {
      if (trial.discover().isEmpty()) {
        trial.note("the source has no table");
      }
    } catch (NotApplicable | TimeoutException e) {
      throw e;
    } catch (Exception e) {
      throw new Violation("discover() fails: " + Words.failure(e));
    }
  }

  private static void repeats(Trial trial) throws Exception {
    String difference = difference(trial.tables(), trial.calls().discover());
    // The source may have changed meanwhile; it will hardly do so each time.
    if (!difference.isEmpty() && !difference(trial.calls().discover(), trial.calls().discover()).isEmpty()) {
      throw new Violation("discover() called twice gives different tables: " + difference);
    }
  }

  private static String difference(List<TableInfo> first, List<TableInfo> second) {
    Map<String, TableInfo> one = bySource(first);
    Map<String, TableInfo> other = bySource(second);
    if (!one.keySet().equals(other.keySet())) {
      Set<String> all = new HashSet<>(one.keySet());
      all.addAll(other.keySet());
      all.removeIf(id -> one.containsKey(id) && other.containsKey(id));
      return "only one time there is " + Words.quoted(all);
    }
    return one.keySet().stream().filter(id -> !one.get(id).equals(other.get(id))).findFirst()
        .map(id -> "'" + one.get(id).viewName() + "' is described in two ways").orElse("");
  }

  private static Map<String, TableInfo> bySource(List<TableInfo> tables) {
    Map<String, TableInfo> map = new TreeMap<>();
    tables.forEach(table -> map.put(table.sourceId(), table));
    return map;
  }

  private static void names(Trial trial) {
    Set<String> ids = new HashSet<>();
    Map<String, String> views = new HashMap<>();
    for (TableInfo table : trial.tables()) {
      if (!ids.add(table.sourceId())) {
        throw new Violation("source id " + Words.quoted(table.sourceId()) + " stands for two tables; it must be unique");
      }
      if (!Names.isView(table.viewName())) {
        throw new Violation("table " + Words.quoted(table.sourceId()) + ": view name " + Words.quoted(table.viewName())
            + " must have letters, digits and underscores only, begin with no digit, have at most 63 characters, and be none of the host's own");
      }
      String other = views.put(table.viewName().toLowerCase(Locale.ROOT), table.sourceId());
      if (other != null) {
        throw new Violation("tables " + Words.quoted(other) + " and " + Words.quoted(table.sourceId()) + " both have the view name '"
            + table.viewName() + "'; it must be unique whatever its case");
      }
    }
  }

  private static void columns(Trial trial) {
    for (TableInfo table : trial.tables()) {
      Map<String, Field> columns = new HashMap<>();
      Map<String, String> folded = new HashMap<>();
      for (Field field : table.schema().getFields()) {
        columns.put(field.getName(), field);
        if (field.getName().isBlank() || field.getName().chars().anyMatch(Character::isISOControl)) {
          throw new Violation(Trial.in(table) + "column name " + Words.quoted(field.getName()) + " must not be blank, nor have control characters");
        }
        String other = folded.put(field.getName().toLowerCase(Locale.ROOT), field.getName());
        if (other != null) {
          throw new Violation(Trial.in(table) + "columns '" + other + "' and '" + field.getName() + "' must differ in more than their case");
        }
      }
      named(table, columns, "key", table.primaryKey());
      named(table, columns, "incremental", table.incrementalColumn().stream().toList());
      named(table, columns, "tombstone", table.tombstoneColumn().stream().toList());
      table.incrementalColumn().map(columns::get).filter(field -> !ORDERED.contains(field.getType().getTypeID())).ifPresent(field -> {
        throw new Violation(Trial.in(table) + "incremental column '" + field.getName() + "' is of type " + field.getType()
            + " and must be an integer, decimal, date or timestamp");
      });
      if (table.tombstoneColumn().isPresent() && table.primaryKey().isEmpty()) {
        throw new Violation(Trial.in(table) + "deleted rows are found by a key, and there is none");
      }
    }
  }

  private static void named(TableInfo table, Map<String, Field> columns, String what, List<String> names) {
    names.stream().filter(name -> !columns.containsKey(name)).findFirst().ifPresent(name -> {
      throw new Violation(Trial.in(table) + what + " column '" + name + "' must be one of its columns " + Words.quoted(columns.keySet()));
    });
  }

  private static void capabilities(Trial trial) {
    Set<Capability> own = trial.yaml().map(ConnectorYaml::capabilities).orElse(Set.of(Capability.DISCOVER, Capability.READ));
    for (TableInfo table : trial.tables()) {
      table.capabilities().stream().filter(capability -> !own.contains(capability)).findFirst().ifPresent(capability -> {
        throw new Violation(Trial.in(table) + "it has the capability " + capability.label() + ", which the connector has not");
      });
    }
  }
}
