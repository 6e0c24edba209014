package io.connectorkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointClientTest {

  private static final String STARTED = "{\"event\":\"started\",\"run\":\"1\",\"instance\":\"jdk\",\"tables\":[\"currencies\"]}\n";
  private static final String TABLE =
      "{\"event\":\"table\",\"table\":\"currencies\",\"outcome\":\"OK\",\"rows\":230,\"bytes\":9000,\"seconds\":0.1}\n";
  private static final String FINISHED = "{\"event\":\"finished\",\"run\":{\"run\":\"1\",\"outcome\":\"OK\",\"rows\":230}}\n";

  private final Captured captured = new Captured();
  private Host host;

  @BeforeEach
  void startHost() throws IOException {
    host = new Host();
  }

  @AfterEach
  void stopHost() {
    host.close();
  }

  @Test
  void sendsTheTokenAndEscapesNames() {
    host.answers("/v1/explain", 200, "{\"lines\":[\"fine\"]}");
    JsonNode answer = host.client().get("/v1/explain/" + EndpointClient.segment("a b/ü"));
    assertEquals("fine", answer.path("lines").path(0).asText());
    assertEquals(List.of("GET /v1/explain/a%20b%2F%C3%BC Bearer secret"), host.requests());
  }

  @Test
  void reportsTheHostsOwnLine() {
    host.answers("/v1/runs", 404, "{\"error\":\"KIT-3001 no instance 'x'\"}");
    KitException refused = assertThrows(KitException.class, this::extract);
    assertEquals("KIT-3001 no instance 'x'", refused.getMessage());
  }

  @Test
  void reportsTheStatusOfAnAnswerThatIsNotOurs() {
    host.answers("/v1/status", 502, "<html>Bad gateway</html>");
    KitException refused = assertThrows(KitException.class, () -> host.client().get("/v1/status"));
    assertTrue(refused.getMessage().startsWith("KIT-7203 the gateway answered with status 502"), refused.getMessage());
  }

  @Test
  void reportsAGatewayThatIsGone() {
    EndpointClient client = host.client();
    host.close();
    KitException refused = assertThrows(KitException.class, () -> client.get("/v1/status"));
    assertTrue(refused.getMessage().startsWith("KIT-7202 the gateway (process "), refused.getMessage());
  }

  @Test
  void followsARunToItsEnd() {
    host.answers("/v1/runs", 200, STARTED + TABLE + FINISHED);
    assertEquals(230, extract().path("rows").asInt());
    assertEquals("jdk: extracting 1 table\ncurrencies: OK, 230 rows, 0.10 s\n", captured.messages().replace("\r", ""));
    assertEquals("", captured.results());
  }

  @Test
  void saysOfEachTableHowItWasReadAndWhy() {
    host.answers("/v1/runs", 200, STARTED + TABLE.replace("\"OK\"", "\"UNCHANGED\",\"mode\":\"delta\"")
        + TABLE.replace("\"OK\"", "\"OK\",\"mode\":\"full\",\"note\":\"full read: asked for\"") + FINISHED);
    extract();
    assertEquals(List.of("currencies: UNCHANGED (delta), 230 rows, 0.10 s", "currencies: OK (full), 230 rows, 0.10 s: full read: asked for"),
        captured.messages().lines().skip(1).toList());
  }

  @Test
  void noticesARunThatEndsWithoutAResult() {
    host.answers("/v1/runs", 200, STARTED + TABLE);
    assertTrue(assertThrows(KitException.class, this::extract).getMessage().startsWith("KIT-7204 the gateway's answer broke off"));
  }

  @Test
  void noticesALineThatIsCutInTheMiddle() {
    host.breaksOffAfter("/v1/runs", STARTED + TABLE.substring(0, 30));
    assertTrue(assertThrows(KitException.class, this::extract).getMessage().startsWith("KIT-7204 the gateway's answer broke off"));
  }

  @Test
  void doesNotStartARunTwiceWhenTheConnectionBreaks() {
    host.breaksOffAfter("/v1/runs", "");
    assertThrows(KitException.class, this::extract);
    assertEquals(1, host.requests().size());
  }

  private JsonNode extract() {
    return new Extraction(host.client(), captured.console()).run("jdk", List.of(), false);
  }
}
