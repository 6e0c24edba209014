package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.List;

/** One table of three rows, which it promises without columns or looks for in other people's secrets, and a loud voice. */
public final class OddConnector implements Discovers, Reads {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    System.out.println("{\"outcome\": \"I discover\"}");
    TableInfo.Builder table = TableInfo.table("t");
    return List.of(does(context, "promises nothing") ? table.build() : table.column("id", Types.int64()).build());
  }

  private static boolean does(ConnectorContext context, String what) {
    return context.settings().find("does").filter(what::equals).isPresent();
  }

  @Override
  public BatchSource read(ReadRequest request) {
    System.out.println("{\"outcome\": \"I read\"}");
    if (does(request.context(), "asks for more")) {
      request.context().secret("PATH");
    }
    return BatchSource.query("SELECT range AS id FROM range(3)");
  }
}
