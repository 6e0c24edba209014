package io.connectorkit.connector.bigquery;

import com.google.cloud.bigquery.storage.v1.ArrowSchema;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The schema in which batches come: it has to be the one that was discovered, since batches are loaded by it. */
final class WireSchema {

  private WireSchema() {}

  /** What was discovered of the columns that are wanted, in the order of the table, as the Storage API delivers them. */
  static Schema expected(ReadRequest request) {
    return new Schema(request.table().schema().getFields().stream().filter(field -> request.columns().contains(field.getName())).toList());
  }

  /**
   * Checks what the service says.
   *
   * @throws ConnectorException if it is something else: the table was altered between discovery and read
   */
  static void require(String table, Schema expected, ArrowSchema said) {
    Schema actual;
    try {
      actual = MessageSerializer.deserializeSchema(new ReadChannel(Channels.newChannel(said.getSerializedSchema().newInput())));
    } catch (IOException | RuntimeException e) {
      throw ConnectorException.permanent("table '" + table + "': the Storage API sent an Arrow schema that cannot be read", e);
    }
    if (!text(expected.getFields(), true).equals(text(actual.getFields(), true))) {
      throw ConnectorException.transientFailure("table '" + table + "' has the columns [" + text(actual.getFields(), true) + "], and had ["
          + text(expected.getFields(), true) + "] when it was discovered; run again when nobody alters it", null, null);
    }
  }

  /** Without what does not matter to how values lie in memory: whether they may be null, metadata, and the names of items of lists. */
  private static String text(List<Field> fields, boolean named) {
    return fields.stream().map(field -> (named ? field.getName() + " " : "") + field.getType()
        + (field.getChildren().isEmpty() ? "" : "<" + text(field.getChildren(), field.getType() instanceof ArrowType.Struct) + ">"))
        .collect(Collectors.joining(", "));
  }
}
