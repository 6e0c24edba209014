package io.connectorkit.itests.bench;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Settings;
import io.connectorkit.api.TableInfo;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Tables of one shape, as many and as long as the settings say. */
public final class BenchConnector implements Discovers, Reads {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    Shape shape = shape(context.settings());
    return IntStream.range(0, (int) number(context.settings(), "tables", 1))
        .mapToObj(number -> TableInfo.table(shape.text() + (number == 0 ? "" : number)).columns(shape.schema()).build()).toList();
  }

  @Override
  public BatchSource read(ReadRequest request) {
    Settings settings = request.context().settings();
    int batchSize = (int) number(settings, "batch", request.batchSize());
    Duration latency = Duration.ofMillis(number(settings, "latency", 0));
    return BatchSource.of(new ShapedReader(request.context().allocator(), shape(settings), number(settings, "rows", 0), batchSize, latency));
  }

  private static Shape shape(Settings settings) {
    return Shape.valueOf(settings.find("shape").orElse("MIXED"));
  }

  private static long number(Settings settings, String name, long otherwise) {
    return settings.find(name).map(Long::valueOf).orElse(otherwise);
  }
}
