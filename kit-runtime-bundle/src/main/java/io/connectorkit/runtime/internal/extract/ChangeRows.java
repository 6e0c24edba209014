package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Changes.Change;
import io.connectorkit.api.Changes.Delete;
import io.connectorkit.api.Changes.Upsert;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import io.connectorkit.runtime.internal.increment.Merge;
import io.connectorkit.runtime.internal.increment.Scopes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Changes of one table as rows: its columns, and {@link Merge#SCOPE}, which makes a deletion of a row. */
final class ChangeRows {

  private final TableInfo table;
  private final List<Field> fields;
  private final Set<String> columns;

  /**
   * For one table.
   *
   * @param columns those that are published, which alone a deletion can name
   */
  ChangeRows(TableInfo table, List<String> columns) {
    this.table = table;
    this.fields = table.schema().getFields();
    this.columns = Set.copyOf(columns);
  }

  /** The table as its changes are delivered: a deletion has a value in few columns, so all may be null. */
  TableInfo delivered() {
    List<Field> all = new ArrayList<>();
    for (Field field : fields) {
      all.add(new Field(field.getName(), new FieldType(true, field.getType(), field.getDictionary(), field.getMetadata()), field.getChildren()));
    }
    all.add(Field.nullable(Merge.SCOPE, Types.text()));
    return new TableInfo(table.sourceId(), table.viewName(), new Schema(all), table.capabilities(), table.primaryKey(), table.incrementalColumn(),
        table.tombstoneColumn(), table.partitionColumn(), table.description());
  }

  /**
   * The row of a change.
   *
   * @throws ConnectorException if a value is absent that has to be there, or a deletion names a column that the table has not
   */
  Object[] row(Change change) {
    return change instanceof Upsert upsert ? upsert(upsert.row()) : delete(((Delete) change).scope());
  }

  private Object[] upsert(Map<String, ?> values) {
    Object[] row = new Object[fields.size() + 1];
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      row[i] = values.get(field.getName());
      if (row[i] == null && !field.isNullable()) {
        throw refused("column '" + field.getName() + "' is not nullable, and a row has no value there");
      }
    }
    return row;
  }

  private Object[] delete(Map<String, ?> scope) {
    Set<String> unknown = new HashSet<>(scope.keySet());
    unknown.removeAll(columns);
    if (!unknown.isEmpty() || scope.containsValue(null)) {
      throw refused(unknown.isEmpty() ? "a deletion has no value for one of " + scope.keySet() : "a deletion names " + unknown
          + ", which is not among the columns " + columns);
    }
    Object[] row = new Object[fields.size() + 1];
    for (int i = 0; i < fields.size(); i++) {
      row[i] = scope.get(fields.get(i).getName());
    }
    row[fields.size()] = Scopes.text(scope.keySet());
    return row;
  }

  private ConnectorException refused(String what) {
    return ConnectorException.permanent("table '" + table.sourceId() + "': " + what + "; correct the connector", null);
  }
}
