package io.connectorkit.itests.scripted;

import io.connectorkit.api.ReadRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** The rows of one scripted table: id, a name made of it, and the script's generation. */
public final class ScriptedReader extends ArrowReader {

  private final ReadRequest request;
  private final Script.Table table;
  private long done;

  ScriptedReader(ReadRequest request, Script.Table table) {
    super(request.context().allocator());
    this.request = request;
    this.table = table;
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    if (done >= table.number("deaf.after", Long.MAX_VALUE)) {
      Gate.passDeaf(Path.of(table.text("gate", "")));
    }
    if (done >= table.number("gate.after", Long.MAX_VALUE)) {
      Gate.pass(Path.of(table.text("gate", "")), request.context().cancellation());
    }
    table.failAfter(done);
    long rows = table.kind().equals("types") ? TypeGallery.ROWS : table.number("rows", 0);
    int count = (int) Math.min(rows - done, table.number("batch", request.batchSize()));
    if (count <= 0) {
      return false;
    }
    prepareLoadNextBatch();
    fill(getVectorSchemaRoot(), count);
    done += count;
    return true;
  }

  private void fill(VectorSchemaRoot root, int count) {
    List<FieldVector> vectors = root.getFieldVectors();
    // What a careless connector does: memory is asked for once, and each batch is written over the one before.
    if (done == 0 || !Boolean.parseBoolean(table.text("reuse", "false"))) {
      vectors.forEach(vector -> vector.setInitialCapacity(count));
      vectors.forEach(FieldVector::allocateNew);
    }
    if (table.kind().equals("types")) {
      List<TypeGallery.Kind> kinds = TypeGallery.accepted();
      for (int i = 0; i < kinds.size(); i++) {
        TypeGallery.fill(kinds.get(i), vectors.get(i), TypeGallery.ROWS);
      }
    } else {
      for (int i = 0; i < count; i++) {
        ((BigIntVector) vectors.get(0)).set(i, done + i);
        ((VarCharVector) vectors.get(1)).setSafe(i, ("row " + (done + i)).getBytes(StandardCharsets.UTF_8));
        ((BigIntVector) vectors.get(2)).set(i, table.generation());
      }
    }
    root.setRowCount(count);
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() {
    return request.table().schema();
  }
}
