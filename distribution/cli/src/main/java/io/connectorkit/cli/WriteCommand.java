package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit write NAME TABLE --query SQL}. */
@Command(name = "write", description = "Write the rows of a query back into a table of a source. Instances are read-only until their file in"
    + " etc/connectors/ says 'writes: true', or names tables.")
final class WriteCommand extends KitCommand {

  /** What is done with the rows. */
  enum Mode { append, upsert, delete }

  @Parameters(paramLabel = "NAME", description = "Instance of a connector.")
  private String name;

  @Parameters(paramLabel = "TABLE", description = "Table to write into.")
  private String table;

  @Option(names = "--query", required = true, paramLabel = "SQL",
      description = "The rows, as a query in DuckDB's SQL over all tables; columns go to those of the table by name.")
  private String sql;

  @Option(names = "--mode", defaultValue = "append", paramLabel = "MODE",
      description = "append, upsert (add, or replace the row with the same key) or delete (by key) (default: ${DEFAULT-VALUE}).")
  private Mode mode;

  @Option(names = "--dry-run", description = "Check everything, change nothing.")
  private boolean dryRun;

  @Option(names = "--id", defaultValue = "", paramLabel = "ID",
      description = "Repeat the write of this id that broke off: batches that the source already has are not taken twice, if it can tell.")
  private String id;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  WriteCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    ObjectNode request = Json.mapper().createObjectNode().put("instance", name).put("table", table).put("sql", sql)
        .put("mode", mode.name()).put("dryRun", dryRun).put("id", id);
    try (Gateway gateway = connect()) {
      JsonNode write = Watching.of(gateway.client(), console(), "/v1/writes", request,
          tables -> "writing " + String.join(", ", tables) + " (" + mode + (dryRun ? ", dry run)" : ")")).path("write");
      if (json) {
        console().print(Json.pretty(write));
      } else {
        show(write);
      }
      if (!Units.text(write.path("error")).isEmpty()) {
        console().say(Units.text(write.path("error")));
      }
      return ExitCode.ofRun(write.path("outcome").asText());
    }
  }

  private void show(JsonNode write) {
    console().print(name + "." + Units.text(write.path("table")) + ": " + (dryRun ? "dry run of " : "") + mode + " "
        + Units.text(write.path("outcome")) + ", " + Units.count(write.path("rows").asLong(), "row") + ", "
        + Units.number(write.path("taken").asLong()) + " taken, " + Units.number(write.path("refused").asLong()) + " refused in "
        + Units.seconds(write.path("seconds")) + " (write " + Units.text(write.path("write")) + ")");
    if (!write.path("refusals").isEmpty()) {
      TextTable refused = new TextTable().number("row").column("key").column("refused because");
      write.path("refusals").forEach(row -> refused.row(Units.number(row.path("row").asLong()), Units.text(row.path("key")),
          Units.text(row.path("reason"))));
      console().print(refused.toString());
    }
  }
}
