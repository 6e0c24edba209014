package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit extract NAME}. */
@Command(name = "extract", description = "Extract the tables of a connector once.")
final class ExtractCommand extends KitCommand {

  @Parameters(paramLabel = "NAME", description = "Instance of a connector.")
  private String name;

  @Option(names = "--table", paramLabel = "T", description = "Only this table; may be repeated.")
  private List<String> tables = List.of();

  @Option(names = "--full", description = "Read all rows, whatever the watermarks say.")
  private boolean full;

  @Option(names = "--json", description = "Print the run as JSON.")
  private boolean json;

  ExtractCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    try (Gateway gateway = connect()) {
      JsonNode run = new Extraction(gateway.client(), console()).run(name, tables, full);
      if (json) {
        console().print(Json.pretty(run));
      } else {
        Views.runTables(console(), run);
        console().say(Extraction.summary(run));
      }
      return ExitCode.ofRun(run.path("outcome").asText());
    }
  }
}
