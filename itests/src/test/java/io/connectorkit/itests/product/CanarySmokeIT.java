package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.connectorkit.itests.product.ApiDocument.Operation;
import io.connectorkit.itests.scripted.LeakyConnector;
import io.connectorkit.itests.scripted.Spellings;
import io.connectorkit.itests.scripted.UnbuiltConnector;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.EventSender;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Secrets are planted wherever one can be, connectors fail with each of them in their mouths, and nobody may find one again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CanarySmokeIT {

  private static final KitProcess KIT = KitProcess.of(CanarySmokeIT.class);
  private static final Canaries CANARIES = new Canaries();
  private static final Path ETC = KIT.home().resolve("etc");
  private static final List<String> VARIABLES = List.of("READ", "ROW", "CLOSE", "CAUSE", "DISCOVER", "EVENT", "HTTP", "LOG", "WEBHOOK");
  private static final List<String> INSTANCES = List.of("leaky", "mute", "shop", "torn", "unbuilt");
  private static final List<Path> PLANTED = new ArrayList<>();

  private static HttpServer source;
  private static Process gateway;
  private static ApiClient local;
  private static ApiClient api;
  private static String webhookSecret;
  private static Path tokenOutput;

  private static String variables(List<String> names) {
    StringBuilder yaml = new StringBuilder("auth:\n  env_vars:\n");
    names.forEach(name -> yaml.append("    - {name: CANARY_").append(name).append("}\n"));
    return yaml.toString();
  }

  private static String head(String name, String capabilities) {
    return "name: " + name + "\nversion: \"1.0.0\"\ndescription: Says too much\ncapabilities: [" + capabilities + "]\n";
  }

  private static String encoded(String secret) {
    return URLEncoder.encode(secret, StandardCharsets.UTF_8);
  }

  @BeforeAll
  static void plant() throws IOException {
    Map<String, String> secrets = new LinkedHashMap<>();
    VARIABLES.forEach(name -> secrets.put(name, CANARIES.plant("CANARY_" + name)));
    secrets.forEach((name, secret) -> KIT.with("CANARY_" + name, secret));
    webhookSecret = secrets.get("WEBHOOK");
    KIT.with("CANARY_BUILD", CANARIES.plant("CANARY_BUILD"));
    KIT.with("CANARY_DISCOVER", "").with("CANARY_DISCOVER_FILE", file("secret.txt", secrets.get("DISCOVER") + "\n"));
    KIT.with("KIT_KEYSTORE_PASSWORD", CANARIES.plant("keystore password"));
    Folders.write(ETC.resolve("io.connectorkit.gateway.cfg"), "https.keystore = none.p12\nhttps.port = 0\nrequests.second = 100000\n");
    Folders.write(ETC.resolve("none.p12"), "no keystore");
    source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    source.createContext("/", exchange -> {
      String header = exchange.getRequestHeaders().getFirst("Authorization");
      byte[] body = ApiClient.json(Map.of("error", header + " is refused: " + String.join(" ", Spellings.of(header.replace("Bearer ", "")))))
          .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(403, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    source.start();
    String config = "connector: leaky\nconfig:\n  api: http://127.0.0.1:" + source.getAddress().getPort() + "/\n";
    file("etc/connectors/leaky.yaml", config + "  url: https://reader:" + encoded(CANARIES.plant("user of a URL")) + "@example.com/\n"
        + "  password: '" + CANARIES.plant("secret setting") + "'\n  accounts: [{name: a, keys: ['" + CANARIES.plant("secret list") + "']}]\n"
        + "  options: {sslmode: none, password: '" + CANARIES.plant("undeclared, nested") + "'}\n"
        + "  unknown: '" + CANARIES.plant("unknown setting") + "'\n");
    file("etc/connectors/mute.yaml", config + "  broken: true\n  password: ['" + CANARIES.plant("setting of wrong type") + "']\n");
    file("etc/connectors/shop.yaml", "connector: jdbc\nconfig:\n  url: 'jdbc:postgresql://127.0.0.1:1/x?user=a&password="
        + encoded(CANARIES.plant("JDBC address")) + "'\n");
    file("etc/connectors/torn.yaml", "connector: leaky\npassword: '" + CANARIES.plant("misplaced") + "'\nconfig: {password: *"
        + CANARIES.plant("torn file") + "\n");
    jars();
    gateway = KIT.run();
    JsonNode endpoint = new ApiClient.Answer(200, "", Files.readAllBytes(KIT.home().resolve("data/gateway.json")), null).json();
    local = ApiClient.of("http://127.0.0.1:" + endpoint.path("port").asInt(), endpoint.path("token").asText());
    String token = KIT.kit("token", "create", "me", "--role", "deploy").ok().strip();
    tokenOutput = KIT.outputs().stream().filter(file -> Folders.read(file).equals(token + "\n")).findFirst().orElseThrow();
    CANARIES.planted("API token", token);
    api = local.with(token);
  }

  /** A file of the home with a secret in it. */
  private static String file(String path, String text) {
    PLANTED.add(Folders.write(KIT.home().resolve(path), text));
    return PLANTED.get(PLANTED.size() - 1).toString();
  }

  private static void jars() {
    ConnectorJar leaky = ConnectorJar.of("leaky", "1.0.0").implementation(List.of(LeakyConnector.class, Spellings.class))
        .yaml(head("leaky", "discover, read, stream") + variables(VARIABLES) + """
            webhook: {secret: CANARY_WEBHOOK}
            http:
              base_url: "{api}"
              auth: {type: bearer, secret: CANARY_HTTP}
            config:
              api: {type: string, required: true}
              url: {type: string}
              password: {type: string, secret: true}
              accounts: {type: array, secret: true}
              options: {type: object}
              broken: {type: boolean, default: false}
            """);
    leaky.header("Provide-Capability", "osgi.service;objectClass:List<String>=\"io.connectorkit.api.Connector\",connectorkit.connector;"
        + "connectorkit.connector=\"leaky\";version:Version=\"1.0.0\";capabilities:List<String>=\"discover,read,stream\"");
    leaky.writeTo(KIT.deploy("leaky.jar"));
    ConnectorJar.of("unbuilt", "1.0.0").implementation(List.of(UnbuiltConnector.class, Spellings.class))
        .yaml(head("unbuilt", "discover, read") + variables(List.of("BUILD"))).writeTo(KIT.deploy("unbuilt.jar"));
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
    if (source != null) {
      source.stop(0);
    }
  }

  private static JsonNode json(String path) {
    return api.get(path).ok().json();
  }

  private static void search(ApiClient client, String method, String path, Object body) {
    ApiClient.Answer answer = client.send(method, path, body == null ? null : ApiClient.json(body).getBytes(StandardCharsets.UTF_8));
    CANARIES.search("API", method + " " + path, answer.response().headers() + answer.text());
  }

  @Test
  @Order(1)
  void theyFailAndSayWhy() throws Exception {
    KIT.kit("deploy", "jdbc").ok();
    Await.until("the first run", () -> json("/api/runs?instance=leaky").size() > 0);
    String runs = json("/api/runs?instance=leaky").toString();
    for (String told : List.of("CANARY_READ", "CANARY_ROW", "refused", "403")) {
      assertTrue(runs.contains(told), () -> told + " is not told: " + runs);
    }
    EventSender sender = new EventSender(webhookSecret);
    URI address = URI.create(local.address() + "/webhooks/leaky");
    assertEquals(401, sender.send(address, "{}".getBytes(StandardCharsets.UTF_8), webhookSecret).statusCode());
    assertEquals(202, sender.send(address, "{\"id\":\"good\"}"));
    assertEquals(202, sender.send(address, "{\"id\":\"poison\"}"));
    Await.until("an event is set aside", () -> json("/api/events/leaky/quarantine").size() > 0);
    String run = api.post("/api/runs", Map.of("instance", "leaky", "full", true)).ok().json().path("run").asText();
    search(api, "GET", "/api/runs/" + run + "/events", null);
    Await.until("the unbuilt one has failed", () -> json("/api/explain/unbuilt").toString().contains("KIT-1014"));
    assertTrue(json("/api/explain/unbuilt").toString().contains("CANARY_BUILD"), () -> json("/api/explain/unbuilt").toString());
  }

  @Test
  @Order(2)
  void whatIsAskedForIsSearched() {
    TreeSet<String> paths = new TreeSet<>(List.of("/", "/v1/status", "/v1/runs", "/v1/tokens", "/webhooks/leaky", "/api/logs?lines=2000"));
    List<String> runs = new ArrayList<>();
    json("/api/runs").forEach(run -> runs.add(run.path("run").asText()));
    for (Operation operation : new ApiDocument(json("/api/openapi.json")).operations()) {
      if (operation.method().equals("GET") && !operation.streams()) {
        for (String instance : INSTANCES) {
          String path = operation.path().replace("{connector}", instance.equals("shop") ? "jdbc" : instance).replace("{file}", instance + ".jar")
              .replace("{table}", "good").replaceAll("\\{(instance|name|source)}", instance);
          runs.forEach(run -> paths.add(path.replace("{run}", run)));
        }
      }
    }
    paths.forEach(path -> search(path.startsWith("/v1") ? local : api, "GET", path, null));
    String bad = CANARIES.plant("refused configuration");
    for (Object config : List.of(Map.of("password", List.of(bad)), Map.of("api", Map.of("x", bad)), bad)) {
      search(api, "PUT", "/api/instances/other/config", Map.of("connector", "leaky", "config", config));
    }
    search(api, "POST", "/api/events/leaky/quarantine/replay", Map.of());
    search(api.with(CANARIES.plant("wrong token")), "GET", "/api/status", null);
    assertTrue(paths.size() > 60, () -> paths.size() + " paths");
    for (String place : List.of("/proc/" + gateway.pid(), "/proc/" + KIT.gateway().orElseThrow().pid())) {
      if (Files.exists(Path.of(place))) {
        CANARIES.search("ps", place, Folders.read(Path.of(place, "cmdline")));
      }
    }
  }

  @Test
  @Order(3)
  void theCommandSaysNothingEither() {
    for (String command : List.of("status", "status --json", "tables --json", "runs --json", "events --json", "events leaky --json", "logs -n 2000",
        "connector list --json", "token list --json", "extract leaky --json", "extract leaky", "state leaky --json")) {
      KIT.kit(command.split(" "));
    }
    for (String instance : INSTANCES) {
      KIT.kit("explain", instance);
      KIT.kit("connector", "discover", instance, "--json");
    }
    KIT.kit("query", "SELECT * FROM leaky.good", "--format", "json").ok();
    KitProcess.Result contract = KIT.kit("connector", "test", "leaky", "--json", "--rows", "10", "--call-seconds", "10", "--seconds", "60");
    assertTrue(contract.json().path("checks").size() > 5, contract.err());
  }

  @Test
  @Order(4)
  void nothingIsLeftOfThemAnywhere() {
    KIT.kit("undeploy", "unbuilt").ok();
    KIT.kit("stop").ok();
    assertTrue(KIT.log().contains("KEPT OPEN"), "what is closed at the end has failed");
    CANARIES.searchFiles("files", Canaries.files(KIT.home(), ""), PLANTED);
    assertTrue(CANARIES.searchRows("rows", KIT.home()) > 5, "databases are searched");
    CANARIES.searchFiles("output", KIT.outputs(), List.of(tokenOutput));
    System.out.println(CANARIES.table());
    assertEquals(List.of(), CANARIES.leaks());
  }

  /** Else the search would find none anywhere. */
  @Test
  @Order(5)
  void theSearchFindsThemWhereTheyWerePlanted() {
    TreeSet<String> found = new TreeSet<>();
    PLANTED.forEach(file -> found.addAll(CANARIES.in(Folders.read(file))));
    assertEquals(10, found.size(), found.toString());
    Spellings.of(webhookSecret).forEach(spelling -> assertEquals(List.of("CANARY_WEBHOOK"), CANARIES.in("x" + spelling + "y"), spelling));
  }
}
