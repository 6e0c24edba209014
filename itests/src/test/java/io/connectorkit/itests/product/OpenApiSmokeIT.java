package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import io.connectorkit.itests.support.LargeApi;
import io.connectorkit.itests.support.MavenRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** From the document of a large API to its rows, without a line of code. */
@FullOnly
class OpenApiSmokeIT {

  private static final KitProcess KIT = KitProcess.of(OpenApiSmokeIT.class).with("LARGE_TOKEN", LargeApi.KEY);
  private static final Path WORK = Folders.fresh(Folders.target().resolve("openapi"));

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  @Test
  void aDocumentGivesAProjectThatBuildsAndABundleThatExtractsAllTables() {
    String document = LargeApi.document();
    assertEquals(50, document.lines().filter(line -> line.startsWith("  /")).count());
    Path project = WORK.resolve("connector-large");
    String said = KIT.kit("connector", "new", "large", "--openapi", Folders.write(WORK.resolve("large.yaml"), document).toString(), "--dir", project.toString())
        .ok();
    assertTrue(said.contains("connector.yaml"), said);
    String yaml = Folders.read(project.resolve("src/main/resources/META-INF/connector.yaml"));
    for (String name : LargeApi.NAMES) {
      for (String line : List.of("    " + name + ":", "# - POST /" + name + ": may change the source", "# - DELETE /" + name + "/{id}: may change the source",
          "# - GET /" + name + "/{id}: it answers with one record, not with a list of them")) {
        assertTrue(yaml.lines().anyMatch(line::equals), line + " in " + yaml);
      }
    }
    String built = MavenRepository.in(WORK).build(project, "verify");
    assertTrue(built.matches("(?s).*Tests run: [1-9]\\d*, Failures: 0, Errors: 0.*BUILD SUCCESS.*"), built);

    try (LargeApi api = new LargeApi()) {
      Folders.write(KIT.home().resolve("etc/connectors/large.yaml"), "connector: large\nconfig: {url: \"" + api.url() + "\"}\n");
      Path jar = Folders.list(project.resolve("target")).stream().filter(file -> file.toString().endsWith("SNAPSHOT.jar")).findFirst().orElseThrow();
      KIT.kit("start").ok();
      KIT.kit("deploy", jar.toString()).ok();
      KIT.kit("extract", "large").ok();
      String counts = LargeApi.NAMES.stream().map(name -> "select count(*) as n from large." + name).collect(Collectors.joining(" union all "));
      assertEquals("23 23 25", KIT.value("select concat_ws(' ', min(n), max(n), count(*)) from (" + counts + ")"));
      assertEquals("258.75", KIT.value("select sum(total_amount) from large.refunds"));
      assertEquals("22 open NOK 60.5 2026-02-03 true [\"a\",\"b\"] {\"id\":0} 22", KIT.kit("query", "select concat_ws(' ', id, status, total_currency,"
          + " address_geo_lat, due, active, tags, parent, source) as all_of_it from large.orders order by id desc limit 1", "--format", "json").json()
          .get(0).path("all_of_it").asText());
      // The second run asks for what has changed, in every table.
      KIT.kit("extract", "large").ok();
      JsonNode runs = KIT.kit("runs", "large", "--json").json();
      List<String> modes = new ArrayList<>();
      runs.get(0).path("tables").forEach(table -> modes.add(table.path("mode").asText()));
      assertEquals(Collections.nCopies(LargeApi.NAMES.size(), "delta"), modes, runs.get(0).toString());
      KIT.kit("stop").ok();
    }
  }
}
