package io.connectorkit.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit query SQL}. */
@Command(name = "query", description = "Query all tables; read only. Tables are named SOURCE.TABLE, or TABLE where that is unique.")
final class QueryCommand extends KitCommand {

  /** How rows are printed. */
  enum Format { table, csv, json }

  @Parameters(paramLabel = "SQL", description = "A query in DuckDB's SQL.")
  private String sql;

  @Option(names = "--format", defaultValue = "table", paramLabel = "FORMAT",
      description = "table, csv or json (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(names = "--limit", defaultValue = "1000", paramLabel = "N",
      description = "Rows shown as a table at most (default: ${DEFAULT-VALUE}).")
  private int limit;

  QueryCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    try (Gateway gateway = connect()) {
      RowFormat rows = switch (format) {
        case table -> new TableRows(console(), limit);
        case csv -> new CsvRows(console().results());
        case json -> new JsonRows(console().results());
      };
      ObjectNode request = Json.mapper().createObjectNode().put("sql", sql);
      gateway.client().stream("/v1/query", request, answer -> new QueryResult(answer).copyTo(rows));
      return ExitCode.OK;
    }
  }
}
