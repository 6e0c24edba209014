package io.connectorkit.connector.files;

import static io.connectorkit.api.Capability.DISCOVER;
import static io.connectorkit.api.Capability.READ;
import static org.osgi.service.component.annotations.ConfigurationPolicy.IGNORE;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.osgi.service.component.annotations.Component;

/** A folder of data files, one table per file or glob. */
@ConnectorBundle(name = "files", version = "1.0.0", capabilities = {DISCOVER, READ})
@Component(configurationPolicy = IGNORE)
public final class FilesConnector implements Discovers, Reads {

  /** Key of the schema metadata that tells which state of the files a table was discovered from. */
  private static final String VERSION = "connectorkit.files.version";

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    // Telling types is work for the processor, and most folders hold many small files.
    return Folder.of(context.settings()).sources().parallelStream().map(source -> table(context, source)).toList();
  }

  private static TableInfo table(ConnectorContext context, Source source) {
    context.cancellation().check();
    Schema schema;
    String description;
    try {
      String version = source.version();
      schema = new Schema(source.reader().schema(context, source).getFields(), Map.of(VERSION, version));
      description = source.description();
    } catch (ConnectorException e) {
      // One bad file must not take the other tables down: it stays listed, without columns, and fails when it is read.
      schema = new Schema(List.of());
      description = "Cannot be read: " + e.getMessage();
    }
    return new TableInfo(source.id(), source.view(), schema, Set.of(READ), List.of(), Optional.empty(), Optional.empty(), description);
  }

  @Override
  public BatchSource read(ReadRequest request) {
    TableInfo table = request.table();
    Source source = Folder.of(request.context().settings()).source(table.sourceId());
    String version = source.version();
    if (table.schema().getFields().isEmpty()) {
      source.reader().schema(request.context(), source);
    }
    if (!version.equals(table.schema().getCustomMetadata().get(VERSION))) {
      throw ConnectorException.permanent(
          source.named() + " changed after its columns were looked up; run again when nobody writes to it", null);
    }
    return source.reader().read(request, source);
  }
}
