package io.connectorkit.runtime.internal.store;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;

import io.connectorkit.api.RemoteAttach;
import io.connectorkit.runtime.internal.types.StoredType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Where the rows of a table are that is queried at its source.
 *
 * @param attach the attachment, without tables
 * @param relation what stands behind the table there
 * @param filter SQL of the condition that rows have to pass; empty for none
 * @param proved whether it could be attached when this was published: its extension was there
 */
public record RemoteTable(RemoteAttach attach, RemoteAttach.Relation relation, String filter, boolean proved) {

  /** An attachment without what stands behind its tables, which is the same for all of them. */
  public static RemoteAttach alone(RemoteAttach attach) {
    return new RemoteAttach(attach.alias(), attach.extension(), attach.url(), attach.tokenEnv(), Map.of());
  }

  /** A SELECT over the source in a session that has it attached. */
  public String select(String catalog, String schemaJson) {
    String select = fields(schemaJson).stream().map(field -> "CAST(" + identifier(field.getName()) + " AS " + StoredType.of(field) + ") AS "
        + identifier(field.getName())).collect(Collectors.joining(", ", "SELECT ", " FROM " + from(catalog)));
    return filter.isEmpty() ? select : "SELECT * FROM (" + select + ") WHERE " + filter;
  }

  private String from(String catalog) {
    if (relation instanceof RemoteAttach.Name name) {
      return identifier(catalog) + "." + name.names().stream().map(part -> identifier(part)).collect(Collectors.joining("."));
    }
    RemoteAttach.Call call = (RemoteAttach.Call) relation;
    return identifier(call.function()) + call.arguments().stream().map(text -> literal(text)).collect(Collectors.joining(", ", "(", ")"));
  }

  /**
   * A SELECT with the table's columns that fails with a message whatever is asked of it. DuckDB binds a view when it is made, so that one over
   * the source could not be made here, nor opened by a client without the extension. The message stands in each column and in the condition:
   * a query may need only one of them.
   */
  public static String failing(String schemaJson, String message) {
    String error = "error(" + literal(message) + ")";
    return fields(schemaJson).stream().map(field -> "CAST(" + error + " AS " + StoredType.of(field) + ") AS " + identifier(field.getName()))
        .collect(Collectors.joining(", ", "SELECT ", " FROM (SELECT 1) WHERE CAST(" + error + " AS BOOLEAN)"));
  }

  private static List<Field> fields(String schemaJson) {
    try {
      return Schema.fromJSON(schemaJson).getFields();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
