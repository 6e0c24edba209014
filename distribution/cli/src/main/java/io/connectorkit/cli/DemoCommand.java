package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;

/** {@code kit demo}. */
@Command(name = "demo", description = "The quick start: extract reference data that every Java runtime carries, and query it.")
final class DemoCommand extends KitCommand {

  private static final String NAME = "jdk";
  private static final String BUSY = "RUNNING";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String QUERY = """
      SELECT (year(instant) // 10) * 10 AS decade, count(*) AS clock_changes, count(DISTINCT zone_id) AS zones,
             round(avg(abs(offset_after_seconds - offset_before_seconds)) / 60, 1) AS minutes_on_average
      FROM jdk.time_zone_transitions GROUP BY decade ORDER BY decade""";

  DemoCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    DeployFolder deploy = new DeployFolder(folders());
    Path source = deploy.source(NAME);
    if (deploy.replacedBy(source).isEmpty()) {
      deploy.place(source, source.getFileName().toString());
      console().say("Deployed " + source.getFileName() + ": its tables come from the Java runtime itself, so nothing has to be set up");
    }
    try (Gateway gateway = connect()) {
      awaitReady(gateway.client());
      JsonNode run = new Extraction(gateway.client(), console()).run(NAME, List.of(), false);
      Views.runTables(console(), run);
      console().print(Extraction.summary(run));
      console().print("\nWhen the clocks of the world were changed:\n\n" + QUERY + "\n");
      query(gateway.client());
      hints();
      return ExitCode.ofRun(run.path("outcome").asText());
    }
  }

  /** Ready, and not in the middle of the run that a gateway starts by itself when it sees a new connector. */
  private void awaitReady(EndpointClient client) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String state = "not deployed";
    String reason = "";
    while (System.nanoTime() < deadline) {
      for (JsonNode instance : client.get("/v1/connectors")) {
        if (instance.path("instance").asText().equals(NAME)) {
          state = instance.path("state").asText();
          reason = Units.text(instance.path("reason"));
        }
      }
      if (List.of("READY", "FAILED", "REJECTED").contains(state)) {
        break;
      }
      LockSupport.parkNanos(BUSY.equals(state) ? 200_000_000 : 50_000_000);
    }
    if (List.of("REJECTED", "not deployed", "WAITING", "STOPPED").contains(state)) {
      throw new KitException("KIT-7240 the connector '" + NAME + "' is not ready: " + state + " " + reason
          + ". See 'kit explain " + NAME + "'");
    }
  }

  private void query(EndpointClient client) {
    TableRows rows = new TableRows(console(), 100);
    client.stream("/v1/query", Json.mapper().createObjectNode().put("sql", QUERY), answer -> new QueryResult(answer).copyTo(rows));
  }

  private void hints() {
    console().print("""

        The data is in %s: DuckDB and Parquet files that any client may open.
        Go on with:
          kit tables                                  what there is to query
          kit query "SELECT script, count(*) AS characters FROM jdk.unicode_characters GROUP BY script ORDER BY 2 DESC LIMIT 10"
          kit start                                   the gateway: extracts whatever is put into %s
          kit deploy files                            the next connector; its settings go into %s/connectors/files.yaml"""
        .formatted(folders().extracts().resolve(NAME), folders().deploy(), folders().etc()));
  }
}
