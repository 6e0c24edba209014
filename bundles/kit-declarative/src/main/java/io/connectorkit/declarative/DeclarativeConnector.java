package io.connectorkit.declarative;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.HttpCall;
import io.connectorkit.api.Paging;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.declaration.SourceSection;
import io.connectorkit.declaration.SourceTable;
import io.connectorkit.declaration.Template;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A connector that does what a section {@code source} says. Its context's HTTP has the options of the section {@code http}. */
public final class DeclarativeConnector implements Discovers, Reads {

  private final SourceSection source;

  /** Of the source's section. */
  public DeclarativeConnector(SourceSection source) {
    this.source = source;
  }

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return source.tables().stream().map(SourceTable::info).toList();
  }

  @Override
  public BatchSource read(ReadRequest request) {
    SourceTable table = source.tables().stream().filter(each -> each.info().sourceId().equals(request.table().sourceId())).findFirst()
        .orElseThrow(() -> ConnectorException.permanent("there is no table '" + request.table().sourceId() + "'", null));
    Records records = new Records(table, call(table, request).pages(table.records().text()), request.context().log());
    UnaryOperator<String> remedies = column -> records.remedy(column);
    if (table.paging() instanceof Paging.None) {
      Stream<Map<String, ?>> all = StreamSupport.stream(Spliterators.spliteratorUnknownSize(records, 0), false).flatMap(List::stream);
      return BatchSource.records(request, all.onClose(records::close), remedies);
    }
    return BatchSource.pages(request, records, remedies);
  }

  private static HttpCall call(SourceTable table, ReadRequest request) {
    ConnectorContext context = request.context();
    Map<String, String> settings = Template.texts(context.settings());
    HttpCall call = context.http().get(table.path().fill(context.settings(), DeclarativeConnector::inPath)).paged(table.paging());
    for (Map.Entry<String, Template> param : table.params().entrySet()) {
      call = call.param(param.getKey(), param.getValue().find(settings, UnaryOperator.identity()));
    }
    if (table.incremental().isEmpty()) {
      return call;
    }
    SourceTable.Incremental incremental = table.incremental().get();
    return call.param(incremental.param(), request.watermark()
        .map(watermark -> incremental.value().replace("{watermark}", Values.watermark(watermark, incremental.format()))));
  }

  private static String inPath(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
