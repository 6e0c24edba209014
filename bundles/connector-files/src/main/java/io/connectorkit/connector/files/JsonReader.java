package io.connectorkit.connector.files;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * JSON: an array of records, records one after the other, or one record per line. Read by DuckDB with the columns that {@link JsonColumns}
 * tells.
 */
final class JsonReader implements FileReader {

  private final String format;

  JsonReader(String format) {
    this.format = format;
  }

  @Override
  public Schema schema(ConnectorContext context, Source source) {
    try {
      return context.describe(select(context, source));
    } catch (ConnectorException e) {
      throw source.failure(Problems.oneLine(e), e);
    }
  }

  @Override
  public BatchSource read(ReadRequest request, Source source) {
    try {
      return source.guarded(select(request.context(), source), request.table().schema().getFields().size());
    } catch (ConnectorException e) {
      throw source.failure(Problems.oneLine(e), e);
    }
  }

  private BatchSource.Query select(ConnectorContext context, Source source) {
    Map<String, String> types = new JsonColumns(context, source, format).types();
    Map<String, String> declared = source.options().columns();
    Set<String> absent = new LinkedHashSet<>(declared.keySet());
    absent.removeAll(types.keySet());
    if (!absent.isEmpty()) {
      throw ConnectorException.permanent("the settings declare columns " + absent + "; the file has " + types.keySet(), null);
    }
    String file = Sql.literal(source.id());
    String columns = types.keySet().stream().map(name -> declared.containsKey(name)
        ? Conversion.declared(file, Sql.identifier(name), name, declared.get(name), source.options()) + " AS " + Sql.identifier(name)
        : Sql.identifier(name)).collect(Collectors.joining(", "));
    String fields = types.entrySet().stream().map(type -> Sql.literal(type.getKey()) + ": " + Sql.literal(type.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
    return BatchSource.query("SELECT " + columns + " FROM read_json(?::VARCHAR[], format = '" + format + "', ignore_errors = false,"
        + " records = true, hive_partitioning = false, columns = " + fields + ")", source.patterns());
  }
}
