package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Gives the same key twice, and leaves a thread behind. */
public final class ForgetfulConnector implements Discovers, Reads {

  /** Made by the component runtime. */
  public ForgetfulConnector() {
    Thread thread = new Thread(() -> {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }, "forgetful-watch");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return List.of(TableInfo.table("t").key("id").column("id", Types.int64()).build());
  }

  @Override
  public BatchSource read(ReadRequest request) {
    if (!request.table().sourceId().equals("t")) {
      throw ConnectorException.permanent("there is only the table 't'", null);
    }
    return BatchSource.rows(request, Stream.of(new Object[] {7}, new Object[] {7}));
  }
}
