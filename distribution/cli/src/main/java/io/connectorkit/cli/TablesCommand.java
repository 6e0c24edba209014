package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kit tables}. */
@Command(name = "tables", description = "List all tables that can be queried.")
final class TablesCommand extends KitCommand {

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TablesCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    try (Gateway gateway = connect()) {
      JsonNode tables = gateway.client().get("/v1/tables");
      if (json) {
        console().print(Json.pretty(tables));
        return ExitCode.OK;
      }
      TextTable text = new TextTable().column("source").column("table").number("rows").number("size").column("extracted at").column("mode")
          .column("description");
      for (JsonNode table : tables) {
        text.row(Units.text(table.path("source")), Units.text(table.path("table")), Units.number(table.path("rows").asLong()),
            Units.bytes(table.path("bytes").asLong()), Units.text(table.path("extractedAt")), Units.text(table.path("mode")),
            Units.text(table.path("description")));
      }
      console().print(text.toString());
      return ExitCode.OK;
    }
  }
}
