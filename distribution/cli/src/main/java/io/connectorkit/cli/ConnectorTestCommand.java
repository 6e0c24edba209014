package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit connector test NAME|JAR}: always in a host of its own, so that a running gateway never notices. */
@Command(name = "test", description = {"Check a connector against the contract, with its real source, within limits.",
    "Secrets come from the environment, as for the host."})
final class ConnectorTestCommand extends KitCommand {

  private static final String LEFTOVERS = "nothing-is-left-behind";

  @Parameters(paramLabel = "NAME|JAR", description = "An instance, a connector that comes with the product, or a jar, deployed or not.")
  private String subject;

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration of the instance; otherwise that of the instance of this name, if any.")
  private Path config;

  @Option(names = "--rows", paramLabel = "N", defaultValue = "2000", description = "Most rows of one read (${DEFAULT-VALUE}).")
  private int rows;

  @Option(names = "--tables", paramLabel = "N", defaultValue = "10", description = "Most tables that are looked at closely (${DEFAULT-VALUE}).")
  private int tables;

  @Option(names = "--call-seconds", paramLabel = "N", defaultValue = "30", description = "Longest time for one answer (${DEFAULT-VALUE}).")
  private int callSeconds;

  @Option(names = "--seconds", paramLabel = "N", defaultValue = "300", description = "Longest time for all checks (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ConnectorTestCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    try (ConnectorTrial trial = ConnectorTrial.prepare(folders(), subject, config)) {
      return check(trial);
    }
  }

  private int check(ConnectorTrial trial) {
    ArrayNode checks = Json.mapper().createArrayNode();
    try (Gateway gateway = Gateway.connect(trial.folders())) {
      EndpointClient client = gateway.client();
      trial.awaitReady(client);
      ObjectNode limits = Json.mapper().createObjectNode().put("rows", rows).put("tables", tables).put("callSeconds", callSeconds)
          .put("seconds", seconds);
      client.lines("/v1/connectors/" + EndpointClient.segment(trial.instance()) + "/test", limits, "finished", event -> {
        if (event.path("event").asText().equals("check")) {
          ((ObjectNode) event).remove("event");
          add(checks, event);
        }
      });
      add(checks, leftovers(trial.remove(gateway)));
    }
    return report(trial, checks);
  }

  /** Failures are told as they come: the rest may take a while. */
  private void add(ArrayNode checks, JsonNode check) {
    checks.add(check);
    if (failed(check)) {
      console().say(check.path("check").asText() + ": " + Units.text(check.path("message")) + "; " + Units.text(check.path("remedy")));
    }
  }

  private static boolean failed(JsonNode check) {
    return check.path("outcome").asText().equals("FAILED");
  }

  private static JsonNode leftovers(List<String> left) {
    return Json.mapper().createObjectNode().put("check", LEFTOVERS)
        .put("demands", "a connector whose jar is removed leaves no thread, timer or class loader behind")
        .put("outcome", left.isEmpty() ? "PASSED" : "FAILED").put("message", String.join(", ", left))
        .put("remedy", left.isEmpty() ? "" : "close what the connector opens, or let the context own it").put("seconds", 0);
  }

  private int report(ConnectorTrial trial, ArrayNode checks) {
    List<String> failed = new ArrayList<>();
    checks.forEach(check -> {
      if (failed(check)) {
        failed.add(check.path("check").asText());
      }
    });
    if (json) {
      ObjectNode result = Json.mapper().createObjectNode().put("connector", trial.jar().connector()).put("version", trial.jar().version())
          .put("instance", trial.instance()).put("passed", failed.isEmpty());
      result.set("checks", checks);
      console().print(Json.pretty(result));
    } else {
      TextTable text = new TextTable().column("check").column("result").number("seconds").column("message");
      checks.forEach(check -> text.row(Units.text(check.path("check")), Units.text(check.path("outcome")), Units.seconds(check.path("seconds")),
          Units.text(check.path("message"))));
      console().print(text.toString());
      console().say(trial.jar().connector() + " " + trial.jar().version() + ": " + (failed.isEmpty() ? "keeps to the contract"
          : Units.count(failed.size(), "check") + " failed: " + String.join(", ", failed)));
    }
    return failed.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
