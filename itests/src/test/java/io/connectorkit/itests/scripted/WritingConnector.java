package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Capability;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import io.connectorkit.api.WriteMode;
import io.connectorkit.api.WriteRequest;
import io.connectorkit.api.WriteResult;
import io.connectorkit.api.Writes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Keeps its tables in files, and takes rows back into them as a script says: {@code orders} has a key, {@code log} has none and is
 * only added to, {@code nested} can only be written and {@code closed} only be read.
 */
public final class WritingConnector implements Discovers, Reads, Writes {

  private static final Set<Capability> BOTH = EnumSet.of(Capability.READ, Capability.WRITE);
  private static final List<TableInfo> TABLES = List.of(
      TableInfo.table("orders").key("id").can(BOTH).column("id", Types.int64()).column("name", Types.text())
          .column("total", Types.decimal(12, 2)).column("at", Types.instant()).build(),
      TableInfo.table("log").can(BOTH).column("name", Types.text()).build(),
      TableInfo.table("nested").can(EnumSet.of(Capability.WRITE)).column(list("tags", Types.text())).column(struct("place")).column(map("marks")).build(),
      TableInfo.table("closed").key("id").column("id", Types.int64()).build());

  /** The rows of a batch that does not belong to this connector any more. */
  private volatile List<Map<String, Object>> kept;

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return TABLES;
  }

  @Override
  public BatchSource read(ReadRequest request) {
    return BatchSource.rows(request, table(request.context(), request.table()).rows().stream().map(row -> row.toArray()));
  }

  private static Field list(String name, ArrowType item) {
    return new Field(name, FieldType.nullable(ArrowType.List.INSTANCE), List.of(Field.nullable("item", item)));
  }

  private static Field struct(String name) {
    return new Field(name, FieldType.nullable(ArrowType.Struct.INSTANCE),
        List.of(Field.nullable("city", Types.text()), Field.nullable("since", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Europe/Prague"))));
  }

  private static Field map(String name) {
    Field entry = new Field("entries", FieldType.notNullable(ArrowType.Struct.INSTANCE),
        List.of(new Field("key", FieldType.notNullable(Types.text()), null), Field.nullable("value", Types.int64())));
    return new Field(name, FieldType.nullable(new ArrowType.Map(false)), List.of(entry));
  }

  @Override
  public Set<WriteMode> modes(TableInfo table) {
    return table.primaryKey().isEmpty() ? EnumSet.of(WriteMode.APPEND) : EnumSet.allOf(WriteMode.class);
  }

  @Override
  public int batchSize(TableInfo table) {
    return table.viewName().equals("log") ? 50_000 : 4;
  }

  private static FileTable table(ConnectorContext context, TableInfo table) {
    return new FileTable(Path.of(context.settings().text("script")).resolveSibling(context.instance() + "." + table.viewName()),
        table.schema().getFields().stream().map(field -> field.getName()).toList());
  }

  @Override
  public WriteResult write(WriteRequest request) {
    Script.Table script = Script.read(request.context().settings().text("script")).table(request.table().viewName());
    FileTable table = table(request.context(), request.table());
    table.note(request.mode() + " " + request.batch().getRowCount() + " rows from " + request.firstRow() + (request.dryRun() ? " dry" : ""));
    if (script.number("leak", 0) > 0) {
      request.context().allocator().buffer(script.number("leak", 0));
    }
    if (Boolean.parseBoolean(script.text("keep", "false"))) {
      if (kept != null) {
        table.note("the last batch began with " + kept.get(0));
      }
      kept = request.rows();
    }
    boolean late = Boolean.parseBoolean(script.text("fail.late", "false"));
    if (!late) {
      script.failAfter(request.firstRow());
    }
    WriteResult result = table.known(request.idempotencyKey()) ? WriteResult.taken() : take(request, script, table);
    if (late) {
      script.failAfter(request.firstRow());
    }
    String gate = script.text("gate", "");
    if (!gate.isEmpty() && Boolean.parseBoolean(script.text("gate.deaf", "false"))) {
      Gate.passDeaf(Path.of(gate));
    } else if (!gate.isEmpty()) {
      Gate.pass(Path.of(gate), request.context().cancellation());
    }
    return switch (script.text("answer", "")) {
      case "null" -> null;
      case "beyond" -> WriteResult.refusing(List.of(new WriteResult.Refused(request.batch().getRowCount(), "there is none")));
      case "twice" -> WriteResult.refusing(List.of(new WriteResult.Refused(0, "once"), new WriteResult.Refused(0, "twice")));
      default -> result;
    };
  }

  private static WriteResult take(WriteRequest request, Script.Table script, FileTable table) {
    List<WriteResult.Refused> refused = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    String bad = script.text("refuse", "\0");
    for (int row = 0; row < request.rows().size(); row++) {
      if (String.valueOf(request.rows().get(row).get("name")).startsWith(bad)) {
        refused.add(new WriteResult.Refused(row, script.text("refuse.text", "the name is not allowed")));
      } else {
        taken.add(row);
      }
    }
    if (!request.dryRun()) {
      List<Map<String, Object>> rows = taken.stream().map(request.rows()::get).toList();
      if (request.mode() == WriteMode.APPEND) {
        table.append(rows);
      } else if (request.mode() == WriteMode.UPSERT) {
        table.upsert(rows);
      } else {
        table.delete(rows);
      }
      table.remember(request.idempotencyKey());
    }
    return WriteResult.refusing(refused);
  }
}
