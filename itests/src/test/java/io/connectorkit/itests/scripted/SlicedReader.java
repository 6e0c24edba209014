package io.connectorkit.itests.scripted;

import io.connectorkit.api.ReadRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * All rows made at once and delivered in slices of the size that the script asks for. The columns are those of the script's generation: an
 * id that grows from 32 bits to 64, and two of every three types of the gallery. With {@code change.after} the unit of one column changes
 * under way, which the class of its vector does not show.
 */
public final class SlicedReader extends ArrowReader {

  private final ReadRequest request;
  private final Script.Table table;
  private final List<TypeGallery.Kind> kinds;
  private VectorSchemaRoot all;
  private VectorSchemaRoot slice;
  private int done;

  SlicedReader(ReadRequest request, Script.Table table) {
    super(request.context().allocator());
    this.request = request;
    this.table = table;
    this.kinds = kinds(table);
  }

  static Schema schema(Script.Table table) {
    List<Field> fields = new ArrayList<>(List.of(Field.nullable("id", new ArrowType.Int(table.generation() == 1 ? 32 : 64, true))));
    kinds(table).forEach(kind -> fields.add(kind.field()));
    return new Schema(fields);
  }

  /** Without the lists whose batches Arrow cannot put together: thousands of single rows would take half a minute. */
  private static List<TypeGallery.Kind> kinds(Script.Table table) {
    Set<String> without = Set.of("list_view", "large_list");
    List<TypeGallery.Kind> every = TypeGallery.accepted().stream().filter(kind -> !without.contains(kind.field().getName())).toList();
    return every.stream().filter(kind -> every.indexOf(kind) % 3 != table.generation()).toList();
  }

  @Override
  public boolean loadNextBatch() {
    int rows = (int) table.number("rows", 0);
    if (all == null) {
      all = make(schema(table), rows);
    }
    int change = (int) table.number("change.after", rows);
    int end = (int) Math.min(done < change ? change : rows, done + table.number("batch", rows));
    if (end == done) {
      return false;
    }
    release(slice);
    slice = done < change ? all.slice(done, end - done) : changed(end - done);
    done = end;
    return true;
  }

  private VectorSchemaRoot make(Schema schema, int rows) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
    root.getFieldVectors().forEach(FieldVector::allocateNew);
    for (int i = 0; i < rows; i++) {
      if (root.getVector(0) instanceof IntVector id) {
        id.setSafe(i, i);
      } else {
        ((BigIntVector) root.getVector(0)).setSafe(i, i);
      }
    }
    for (int i = 0; i < kinds.size(); i++) {
      TypeGallery.fill(kinds.get(i), root.getVector(i + 1), rows);
    }
    root.setRowCount(rows);
    return root;
  }

  private VectorSchemaRoot changed(int rows) {
    List<Field> fields = schema(table).getFields().stream().map(field -> field.getType() instanceof ArrowType.Duration
        ? Field.nullable(field.getName(), new ArrowType.Duration(TimeUnit.MICROSECOND)) : field).toList();
    VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(fields), allocator);
    root.getFieldVectors().stream().filter(vector -> vector instanceof DurationVector).forEach(FieldVector::allocateNew);
    root.setRowCount(rows);
    return root;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    return slice == null ? super.getVectorSchemaRoot() : slice;
  }

  private static void release(VectorSchemaRoot root) {
    if (root != null) {
      root.close();
    }
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {
    release(slice);
    release(all);
  }

  @Override
  protected Schema readSchema() {
    return request.table().schema();
  }
}
