package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kit connector …}. */
@Command(name = "connector", description = "Look at connectors, make your own, check it, and ship it.", mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND", subcommands = {ConnectorCommand.ListCommand.class, ConnectorCommand.DiscoverCommand.class,
        ConnectorTestCommand.class, NewCommand.class, VerifyCommand.class, SignCommand.class})
final class ConnectorCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing: list, discover NAME, test NAME|JAR, new NAME, verify JAR, or sign JAR");
  }

  /** {@code kit connector list}. */
  @Command(name = "list", description = "List the deployed connectors and their state.")
  static final class ListCommand extends KitCommand {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListCommand(Session session) {
      super(session);
    }

    @Override
    public Integer call() {
      try (Gateway gateway = connect()) {
        JsonNode instances = gateway.client().get("/v1/connectors");
        if (json) {
          console().print(Json.pretty(instances));
          return ExitCode.OK;
        }
        Views.connectors(console(), instances);
        List<String> shipped = new ArrayList<>(new DeployFolder(folders()).shippedNotDeployed());
        if (!shipped.isEmpty()) {
          console().say("Comes with the product, not deployed: " + String.join(", ", shipped) + " (kit deploy " + shipped.get(0) + ")");
        }
        return ExitCode.OK;
      }
    }
  }

  /** {@code kit connector discover NAME}. */
  @Command(name = "discover", description = "Ask a connector which tables its source has.")
  static final class DiscoverCommand extends KitCommand {

    @Parameters(paramLabel = "NAME", description = "Instance of a connector.")
    private String name;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    DiscoverCommand(Session session) {
      super(session);
    }

    @Override
    public Integer call() {
      try (Gateway gateway = connect()) {
        JsonNode tables = gateway.client().get("/v1/connectors/" + EndpointClient.segment(name) + "/tables");
        if (json) {
          console().print(Json.pretty(tables));
          return ExitCode.OK;
        }
        TextTable text = new TextTable().column("table").column("key").column("columns").column("capabilities").column("description");
        for (JsonNode table : tables) {
          List<String> columns = new ArrayList<>();
          table.path("columns").forEach(column -> columns.add(column.path("name").asText() + " " + column.path("type").asText()));
          text.row(Units.text(table.path("table")), String.join(", ", Views.texts(table.path("key"))), String.join(", ", columns),
              String.join(", ", Views.texts(table.path("capabilities"))), Units.text(table.path("description")));
        }
        console().print(text.toString());
        return ExitCode.OK;
      }
    }
  }
}
