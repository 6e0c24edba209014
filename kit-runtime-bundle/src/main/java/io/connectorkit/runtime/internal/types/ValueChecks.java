package io.connectorkit.runtime.internal.types;

import io.connectorkit.host.KitException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Finds values that DuckDB would write without a word and no DuckDB would read again: text that is not UTF-8, times that no day has,
 * timestamps beyond the calendar. Columns whose type allows no such value cost nothing, text about a tenth of a nanosecond per byte.
 */
public final class ValueChecks {

  private final String table;
  private final List<Integer> columns = new ArrayList<>();
  private final List<ValueCheck> checks = new ArrayList<>();
  private long rows;

  /** Decides which columns there is something to check in. */
  public ValueChecks(DeliveredTypes types) {
    this.table = types.table();
    List<Field> fields = types.stored().getFields();
    for (int i = 0; i < fields.size(); i++) {
      ValueCheck check = ValueCheck.of(fields.get(i));
      if (check != null) {
        columns.add(i);
        checks.add(check);
      }
    }
  }

  /**
   * Checks the next batch.
   *
   * @throws KitException KIT-3019 naming table, column and row, counted from 1 over all batches
   */
  public void check(VectorSchemaRoot batch) {
    boolean sure = true;
    for (int i = 0; i < columns.size() && sure; i++) {
      sure = checks.get(i).surelyValid(batch.getVector(columns.get(i)));
    }
    if (!sure) {
      search(batch);
    }
    rows += batch.getRowCount();
  }

  /** Row by row, so that the error is the same however the rows are cut into batches. */
  private void search(VectorSchemaRoot batch) {
    for (int row = 0; row < batch.getRowCount(); row++) {
      for (int i = 0; i < columns.size(); i++) {
        FieldVector column = batch.getVector(columns.get(i));
        String fault = checks.get(i).fault(column, row);
        if (fault != null) {
          throw new KitException("KIT-3019", "table '" + table + "', column '" + column.getName() + "', row " + (rows + row + 1) + ": "
              + fault + "; correct the connector");
        }
      }
    }
  }
}
