package io.connectorkit.itests.bench;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Settings;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/** Tables of one shape, as many and as long as the settings say. */
public final class BenchConnector implements Discovers, Reads {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    Settings settings = context.settings();
    return IntStream.range(0, (int) number(settings, "tables", 1)).mapToObj(number -> table(settings, number)).toList();
  }

  private static TableInfo table(Settings settings, int number) {
    Shape shape = shape(settings);
    TableInfo.Builder table = TableInfo.table(shape.text() + (number == 0 ? "" : number)).columns(shape.schema());
    return settings.find("changes").isEmpty() ? table.build() : table.key("id").incrementalOn("instant").build();
  }

  @Override
  public BatchSource read(ReadRequest request) {
    Settings settings = request.context().settings();
    int batchSize = (int) number(settings, "batch", request.batchSize());
    Duration latency = Duration.ofMillis(number(settings, "latency", 0));
    BufferAllocator allocator = request.context().allocator();
    return BatchSource.of(request.watermark().map(Watermark::value).map(Instant.class::cast)
        .map(last -> new ShapedReader(allocator, Shape.CHANGES, MixedRows.row(last) + 1, number(settings, "changes", 0), batchSize, latency))
        .orElseGet(() -> new ShapedReader(allocator, shape(settings), 0, number(settings, "rows", 0), batchSize, latency)));
  }

  private static Shape shape(Settings settings) {
    return Shape.valueOf(settings.find("shape").orElse("MIXED"));
  }

  private static long number(Settings settings, String name, long otherwise) {
    return settings.find(name).map(Long::valueOf).orElse(otherwise);
  }
}
