package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** A connector that does what the script in its settings says, also what no connector should do. */
public final class ScriptedConnector implements Discovers, Reads {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    Script script = Script.read(context.settings().text("script"));
    script.table("discover").failAfter(0);
    return script.tables().stream().map(table -> info(context, table)).toList();
  }

  private static TableInfo info(ConnectorContext context, Script.Table table) {
    TableInfo.Builder info = TableInfo.table(table.source()).as(table.text("view", table.name())).describedAs("Table " + table.name());
    return switch (table.kind()) {
      case "plain" -> info.key("id").column("id", Types.int64()).column("name", Types.text()).column("generation", Types.int64()).build();
      case "query" -> info.key(table.key()).columns(context.describe(table.query())).incrementalOn(table.text("incremental", null))
          .deletedBy(table.text("deleted", null)).build();
      case "types" -> info.columns(new Schema(TypeGallery.accepted().stream().map(TypeGallery.Kind::field).toList())).build();
      case "sliced" -> info.key("id").columns(SlicedReader.schema(table)).build();
      default -> info.column(column(table)).build();
    };
  }

  private static Script.Table table(ReadRequest request) {
    return Script.read(request.context().settings().text("script")).tables().stream()
        .filter(each -> each.source().equals(request.table().sourceId())).findFirst().orElseThrow();
  }

  @Override
  public List<Split> splits(ReadRequest request) {
    return table(request).splits();
  }

  private static Field column(Script.Table table) {
    Map<String, Field> columns = new HashMap<>(TypeGallery.refused());
    columns.putAll(TextReader.columns());
    TypeGallery.accepted().forEach(accepted -> columns.put(accepted.field().getName(), accepted.field()));
    Field column = columns.get(table.kind());
    return new Field(table.text("column", column.getName()), column.getFieldType(), column.getChildren());
  }

  @Override
  public BatchSource read(ReadRequest request) {
    ConnectorContext context = request.context();
    Script.Table table = table(request);
    String gate = table.text("gate", "");
    if (!gate.isEmpty() && table.text("gate.after", "").isEmpty()) {
      Gate.pass(Path.of(gate), context.cancellation());
    }
    if (table.number("leak", 0) > 0) {
      context.allocator().buffer(table.number("leak", 0));
    }
    return switch (table.kind()) {
      case "query" -> table.query(request);
      case "sliced" -> BatchSource.of(new SlicedReader(request, table));
      default -> BatchSource.of(table.kind().startsWith("text_") ? new TextReader(request, table) : new ScriptedReader(request, table));
    };
  }
}
