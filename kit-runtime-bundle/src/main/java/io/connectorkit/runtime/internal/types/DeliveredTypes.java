package io.connectorkit.runtime.internal.types;

import io.connectorkit.host.KitException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The columns of one table as they are delivered and as they are stored; decided once, before the first row. */
public final class DeliveredTypes {

  private final String table;
  private final List<Field> delivered;
  private final List<ColumnFate> fates;
  private final Schema stored;

  private DeliveredTypes(String table, Schema delivered, List<ColumnFate> fates) {
    this.table = table;
    this.delivered = delivered.getFields();
    this.fates = fates;
    this.stored = new Schema(fates.stream().map(ColumnFate::stored).toList());
  }

  /**
   * Decides what becomes of each column.
   *
   * @param dictionaries of the reader, asked again for each batch; null for a schema alone
   * @throws KitException KIT-3004 naming table, column, type and remedy
   */
  public static DeliveredTypes of(String table, Schema delivered, DictionaryProvider dictionaries) {
    Set<String> names = new HashSet<>();
    for (Field field : delivered.getFields()) {
      if (!names.add(field.getName().toLowerCase(Locale.ROOT))) {
        throw new KitException("KIT-3004", "table '" + table + "', column '" + field.getName()
            + "': another column has the same name but for upper and lower case, which SQL does not tell apart; rename one");
      }
    }
    return new DeliveredTypes(table, delivered,
        delivered.getFields().stream().map(field -> ColumnFate.of(table, field.getName(), field, dictionaries)).toList());
  }

  /** Whether SQL compares the stored values of a type with values of that type; decimals as text and integers in a unit do not. */
  public static boolean comparable(ArrowType type) {
    TypeTable.Recast recast = TypeTable.recast(type);
    return recast == null || recast.metadata().isEmpty() && recast.stored().getTypeID() == type.getTypeID();
  }

  /** The table's view name. */
  public String table() {
    return table;
  }

  /** Whether every column is stored as it is delivered. */
  public boolean exact() {
    return fates.stream().allMatch(ColumnFate::exact);
  }

  /** The delivered columns without their encodings. */
  public Schema plain() {
    return new Schema(fates.stream().map(ColumnFate::plain).toList());
  }

  /** The stored columns; each that was cast says so in its metadata. */
  public Schema stored() {
    return stored;
  }

  /**
   * Moves a delivered batch into vectors of the stored schema.
   *
   * @throws KitException KIT-3005 if the batch has other columns than the first one
   */
  public void move(VectorSchemaRoot batch, VectorSchemaRoot target) {
    requireSameColumns(batch);
    int count = batch.getRowCount();
    for (int i = 0; i < fates.size(); i++) {
      FieldVector from = batch.getVector(i);
      if (from.getValueCount() != count) {
        throw new IllegalStateException("column '" + from.getName() + "' has " + from.getValueCount() + " values in a batch of " + count
            + " rows");
      }
      fates.get(i).cast().move(from, target.getVector(i));
      // DuckDB reads on while the next batch is made: whoever writes over this one is to meet empty vectors, not DuckDB's.
      from.clear();
    }
    target.setRowCount(count);
  }

  /** Vectors of one class may differ in unit, scale or width, which moving them would not notice. */
  public void requireSameColumns(VectorSchemaRoot batch) {
    List<Field> actual = batch.getFieldVectors().stream().map(FieldVector::getField).toList();
    if (!Columns.same(delivered, actual)) {
      throw new KitException("KIT-3005", "table '" + table + "': the batches change their columns under way, from ["
          + Columns.text(delivered) + "] to [" + Columns.text(actual) + "]; deliver one schema, and run again");
    }
  }
}
