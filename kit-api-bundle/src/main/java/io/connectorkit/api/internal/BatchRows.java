package io.connectorkit.api.internal;

import java.util.AbstractList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The rows of an Arrow batch as maps of Java values. */
public final class BatchRows extends AbstractList<Map<String, Object>> implements RandomAccess {

  private final VectorSchemaRoot batch;

  public BatchRows(VectorSchemaRoot batch) {
    this.batch = batch;
  }

  @Override
  public Map<String, Object> get(int row) {
    Objects.checkIndex(row, size());
    Map<String, Object> values = new LinkedHashMap<>();
    for (FieldVector vector : batch.getFieldVectors()) {
      values.put(vector.getName(), JavaValue.of(vector, row));
    }
    return Collections.unmodifiableMap(values);
  }

  @Override
  public int size() {
    return batch.getRowCount();
  }
}
