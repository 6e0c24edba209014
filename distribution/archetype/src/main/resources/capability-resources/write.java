import static io.connectorkit.api.Capability.WRITE;
import io.connectorkit.api.WriteRequest;
import io.connectorkit.api.WriteResult;
import io.connectorkit.api.Writes;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

  /** Takes one batch; there is no session. After a transient failure the same batch comes again, with the same key. */
  @Override
  public WriteResult write(WriteRequest request) {
    List<Map<String, Object>> rows = request.rows().stream().map(row -> {
      Map<String, Object> json = new LinkedHashMap<>(row);
      json.replaceAll((column, value) -> value == null || value instanceof Number || value instanceof Boolean ? value : value.toString());
      return json;
    }).toList();
    http(request.context()).post("/orders/bulk", Map.of("mode", request.mode().name(), "rows", rows, "dry_run", request.dryRun(),
        "idempotency_key", request.idempotencyKey())).json();
    return WriteResult.taken();
  }
