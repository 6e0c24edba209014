package io.connectorkit.itests.scripted;

import static io.connectorkit.api.Paging.byToken;
import static io.connectorkit.api.TableInfo.table;
import static io.connectorkit.api.Types.bool;
import static io.connectorkit.api.Types.decimal;
import static io.connectorkit.api.Types.instant;
import static io.connectorkit.api.Types.int64;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A connector of a REST source as a vendor would write it, which also keeps something open and something running. */
public final class RestConnector implements Discovers, Reads {

  private static final TableInfo ORDERS = table("orders").key("id").column("id", int64()).column("total", decimal(12, 2)).column("paid", bool())
      .column("updated", instant()).incrementalOn("updated").build();

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return List.of(ORDERS);
  }

  @Override
  public BatchSource read(ReadRequest request) {
    Path mark = Path.of(request.context().settings().text("mark"));
    request.context().shared("mark", () -> new Mark(Files.writeString(mark, "open")));
    request.context().executor().execute(RestConnector::idle);
    request.context().progress(1, 2);
    return request.context().http().get("/token").param("since", request.watermark()).paged(byToken("next", "at")).records(request, "data.items");
  }

  private static void idle() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says in a file whether it is open. */
  record Mark(Path file) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      Files.writeString(file, "closed");
    }
  }
}
