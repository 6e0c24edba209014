package io.connectorkit.itests.scripted;

import io.connectorkit.api.ReadRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** One column of text, in any of the ways that Arrow has for it; {@code bad.at} is the row whose bytes are no UTF-8. */
public final class TextReader extends ArrowReader {

  private static final byte[] BAD = {'a', (byte) 0xFF};

  private final ReadRequest request;
  private final Script.Table table;
  private int done;

  TextReader(ReadRequest request, Script.Table table) {
    super(request.context().allocator());
    this.request = request;
    this.table = table;
  }

  /** The columns by the kind of the table. A dictionary holds the rows of one batch and is another one in the next. */
  static Map<String, Field> columns() {
    Field text = Field.nullable("item", ArrowType.Utf8.INSTANCE);
    Map<String, Field> columns = new LinkedHashMap<>();
    columns.put("text_utf8", Field.nullable("t", ArrowType.Utf8.INSTANCE));
    columns.put("text_large", Field.nullable("t", ArrowType.LargeUtf8.INSTANCE));
    columns.put("text_view", Field.nullable("t", ArrowType.Utf8View.INSTANCE));
    columns.put("text_list", new Field("t", FieldType.nullable(ArrowType.List.INSTANCE), List.of(text)));
    columns.put("text_struct", new Field("t", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(text)));
    columns.put("text_dictionary", new Field("t", new FieldType(true, ArrowType.Utf8.INSTANCE, new DictionaryEncoding(1, false, null)), null));
    columns.put("text_runs", new Field("t", FieldType.nullable(ArrowType.RunEndEncoded.INSTANCE),
        List.of(Field.notNullable("run_ends", new ArrowType.Int(32, true)), Field.nullable("values", ArrowType.Utf8.INSTANCE))));
    return columns;
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    prepareLoadNextBatch();
    int count = (int) Math.min(table.number("rows", 0) - done, table.number("batch", request.batchSize()));
    FieldVector vector = getVectorSchemaRoot().getVector(0);
    vector.allocateNew();
    for (int i = 0; i < count; i++) {
      set(vector, i, done + i == table.number("bad.at", -1) ? BAD : ("ř " + (done + i)).getBytes(StandardCharsets.UTF_8));
    }
    getVectorSchemaRoot().setRowCount(count);
    done += count;
    return count > 0;
  }

  private void set(FieldVector vector, int row, byte[] text) {
    if (vector instanceof VarCharVector plain) {
      plain.setSafe(row, text);
    } else if (vector instanceof LargeVarCharVector large) {
      large.setSafe(row, text);
    } else if (vector instanceof ViewVarCharVector view) {
      view.setSafe(row, text);
    } else if (vector instanceof ListVector list) {
      set((FieldVector) list.getDataVector(), list.startNewValue(row), text);
      list.endValue(row, 1);
    } else if (vector instanceof StructVector struct) {
      set((FieldVector) struct.getChild("item"), row, text);
      struct.setIndexDefined(row);
    } else if (vector instanceof RunEndEncodedVector runs) {
      ((IntVector) runs.getRunEndsVector()).setSafe(row, row + 1);
      runs.getRunEndsVector().setValueCount(row + 1);
      set(runs.getValuesVector(), row, text);
      runs.getValuesVector().setValueCount(row + 1);
    } else {
      ((IntVector) vector).setSafe(row, (int) table.number("number", row));
      FieldVector values = dictionaries.get(1L).getVector();
      if (row == 0) {
        values.allocateNew();
      }
      set(values, row, text);
      values.setValueCount(row + 1);
    }
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
