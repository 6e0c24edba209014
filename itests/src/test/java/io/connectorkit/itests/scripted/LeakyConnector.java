package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Capability;
import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.Event;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Streams;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lets a secret of its own out wherever it fails, in every spelling: each of its tables fails in another way. */
public final class LeakyConnector implements Discovers, Reads, Streams {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    if (context.settings().flag("broken")) {
      throw ConnectorException.authentication(said(context, "CANARY_DISCOVER"), null);
    }
    return Stream.of("good", "reading", "row", "closing", "cause", "settings", "http")
        .map(name -> TableInfo.table(name).key("id").can(EnumSet.of(Capability.READ, Capability.STREAM)).column("id", Types.int64()).build()).toList();
  }

  private static String said(ConnectorContext context, String variable) {
    return variable + " is refused: " + String.join(" ", Spellings.of(context.secret(variable).orElseThrow()));
  }

  @Override
  public BatchSource read(ReadRequest request) {
    ConnectorContext context = request.context();
    Stream<Object[]> rows = Stream.<Object[]>of(new Object[] {1L});
    return switch (request.table().sourceId()) {
      case "reading" -> throw new IllegalStateException(said(context, "CANARY_READ"));
      case "row" -> BatchSource.rows(request, rows.peek(row -> {
        throw ConnectorException.permanent(said(context, "CANARY_ROW"), null);
      }));
      case "closing" -> BatchSource.rows(request, rows.onClose(() -> {
        throw new IllegalStateException(said(context, "CANARY_CLOSE"));
      }));
      case "cause" -> throw ConnectorException.permanent("refused", new IOException(said(context, "CANARY_CAUSE")));
      // Without the names: what stands in the settings is to be known by itself.
      case "settings" -> throw new IllegalStateException("refused: " + context.settings().values().values());
      case "http" -> context.http().get("/echo").records(request, "");
      default -> {
        context.log().log(Level.WARNING, said(context, "CANARY_LOG"));
        context.shared("open", () -> (AutoCloseable) () -> {
          throw new IOException("KEPT OPEN: " + said(context, "CANARY_CLOSE"));
        });
        yield BatchSource.rows(request, rows);
      }
    };
  }

  @Override
  public Changes changes(ConnectorContext context, List<TableInfo> tables, List<Event> events) {
    if (events.get(0).text().contains("poison")) {
      throw ConnectorException.permanent(said(context, "CANARY_EVENT"), null);
    }
    return new Changes().upsert("good", Map.of("id", 2L));
  }
}
