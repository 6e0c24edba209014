package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.product.ApiDocument.Operation;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The HTTP API of a running gateway, held against the document that it serves, and against callers who should not be there. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiSmokeIT {

  private static final KitProcess KIT = KitProcess.of(ApiSmokeIT.class);
  private static final int ROUNDS = Boolean.getBoolean("kit.full") ? 200 : 12;
  private static final String YAML = """
      name: scripted
      version: "1.0.0"
      description: Does what a script says
      capabilities: [discover, read]
      auth:
        env_vars:
          - {name: KIT_CANARY_1, required: true}
          - {name: KIT_CANARY_2, required: true}
          - {name: KIT_CANARY_3, required: true}
          - {name: KIT_CANARY_4, required: true}
          - {name: KIT_CANARY_5, required: true}
      config:
        script: {type: string, required: true, description: what to do}
        note: {type: string, description: whatever}
        password: {type: string, secret: true, description: must not be shown}
      """;

  private static ApiClient local;
  private static ApiClient deploy;
  private static ApiDocument document;
  private static final Map<String, String> TOKENS = new TreeMap<>();

  private static String canary(int number) {
    return "canary-" + number + "-q7Xw" + number * 7919;
  }

  @BeforeAll
  static void startTheGateway() throws IOException {
    for (int i = 1; i <= 4; i++) {
      KIT.with("KIT_CANARY_" + i, canary(i));
    }
    KIT.with("KIT_CANARY_5_FILE", Folders.write(KIT.home().resolve("secret.txt"), canary(5) + "\n").toString());
    KIT.with("KIT_KEYSTORE_PASSWORD", canary(6));
    // A fuzz is a client that asks often.
    Folders.write(KIT.home().resolve("etc/io.connectorkit.gateway.cfg"),
        "requests.second = 100000\nprofile.rest.seconds = 1\nquery.seconds = 5\nquery.rows = 1000\n");
    Path script = Folders.write(KIT.home().resolve("data/api.script"), "tables = good, bad\ngood.rows = 100\nbad.rows = 1\nbad.fail.after = 0\n"
        + "bad.fail.text = refused " + String.join(" ", canary(1), canary(2), canary(3), canary(4), canary(5), canary(7))
        + " at https://user:" + canary(8) + "@example.com/x\n");
    Folders.write(KIT.home().resolve("etc/connectors/api.yaml"), "connector: scripted\nconfig:\n  script: " + script + "\n  password: " + canary(7)
        + "\n  note: https://user:" + canary(9) + "@example.com/\n  unknown: " + canary(10) + "\n");
    ConnectorJar.of("scripted", "1.0.0").yaml(YAML).writeTo(KIT.deploy("scripted.jar"));
    KIT.kit("start").ok();
    JsonNode endpoint = new ApiClient.Answer(200, "", Files.readAllBytes(KIT.home().resolve("data/gateway.json")), null).json();
    local = ApiClient.of("http://127.0.0.1:" + endpoint.path("port").asInt(), endpoint.path("token").asText());
    for (String role : List.of("read", "operate", "deploy")) {
      TOKENS.put(role, KIT.kit("token", "create", "the-" + role, "--role", role).ok().strip());
    }
    deploy = local.with(TOKENS.get("deploy"));
    document = new ApiDocument(deploy.get("/api/openapi.json").ok().json());
    Await.until("the first run", () -> deploy.get("/api/runs?instance=api").ok().json().size() > 0);
  }

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  private static ApiClient.Answer send(ApiClient client, Operation operation, String path) {
    return client.send(operation.method(), path, operation.description().has("requestBody") ? "{}".getBytes(StandardCharsets.UTF_8) : null);
  }

  /** Nobody has asked for it before. */
  @Test
  @Order(1)
  void aChangedTableIsProfiledWhileNothingElseGoesOn() throws IOException {
    Path kept = KIT.home().resolve("data/profiles/api/good.json");
    Await.until("the profile is made", () -> Files.exists(kept));
    Object made = Files.readAttributes(kept, BasicFileAttributes.class).fileKey();
    JsonNode profile = deploy.get("/api/tables/api/good/profile").ok().json();
    assertEquals(100, profile.path("rows").asLong());
    assertEquals(100, profile.path("sampled").asLong());
    JsonNode id = profile.path("columns").get(0);
    assertEquals("[\"0\",\"99\",0]", "[" + id.path("min") + "," + id.path("max") + "," + id.path("nulls") + "]", id.toString());
    assertEquals(100, StreamSupport.stream(id.path("histogram").spliterator(), false).mapToLong(bin -> bin.path("count").asLong()).sum());
    assertEquals(made, Files.readAttributes(kept, BasicFileAttributes.class).fileKey(), "what was made is served");
    String run = deploy.post("/api/runs", Map.of("instance", "api", "tables", List.of("good"), "full", true)).ok().json().path("run").asText();
    deploy.get("/api/runs/" + run + "/events").ok();
    JsonNode next = deploy.get("/api/tables/api/good/profile").ok().json();
    assertTrue(next.path("extractedAt").asText().compareTo(profile.path("extractedAt").asText()) > 0, "it is of the table as it is now: " + next);
  }

  @Test
  @Order(1)
  void everyOperationRefusesWhoHasNoTokenAWrongOneOrTooSmallARole() {
    assertTrue(document.operations().size() >= 40, () -> document.operations().size() + " operations");
    List<String> roles = List.of("read", "operate", "deploy");
    for (Operation operation : document.operations()) {
      String path = operation.path("nobody.jar");
      ApiClient.Answer without = send(local.with(null), operation, path);
      assertEquals(operation.open() ? 200 : 401, without.status(), operation.toString());
      if (!operation.open()) {
        assertEquals(List.of(), document.wrong(operation, without), operation.toString());
        roles.subList(0, roles.indexOf(operation.role()))
            .forEach(role -> assertEquals(403, send(local.with(TOKENS.get(role)), operation, path).status(), operation + " with role " + role));
      }
    }
    assertEquals(403, deploy.get("/v1/status").status(), "what is for the command is for nobody else");
    TreeSet<Integer> guesses = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      guesses.add(local.with("kit_" + "0".repeat(48)).get("/api/status").status());
    }
    assertEquals(new TreeSet<>(List.of(401, 429)), guesses);
    assertEquals(200, deploy.get("/api/status").status(), "who guesses keeps nobody else out");
  }

  @Test
  @Order(2)
  void everyDocumentedOperationIsThereAndAnswersAsDescribed() {
    Await.until("a table", () -> deploy.get("/api/tables").ok().json().size() == 1);
    String run = deploy.get("/api/runs").ok().json().path(0).path("run").asText();
    Map<String, String> names = Map.of("{instance}", "api", "{connector}", "scripted", "{name}", "api", "{file}", "scripted.jar", "{run}", run,
        "{source}", "api", "{table}", "good");
    for (Operation operation : document.operations()) {
      if (operation.method().equals("GET")) {
        String path = operation.path();
        for (var name : names.entrySet()) {
          path = path.replace(name.getKey(), name.getValue());
        }
        if (path.startsWith("/api/events/api/")) {
          assertEquals(404, deploy.get(path).status(), "it takes no events");
        } else if (!path.equals("/api/runs/events")) {
          ApiClient.Answer answer = deploy.get(path);
          assertTrue(answer.status() == 200, path + ": " + answer.status() + " " + answer.text());
          assertEquals(List.of(), document.wrong(operation, answer), path);
        }
      }
    }
    assertEquals(404, deploy.get("/api/nothing").status());
    assertEquals(405, deploy.send("DELETE", "/api/status", null).status());
  }

  @Test
  @Order(3)
  void aRunIsStartedWatchedAndCancelled() {
    String run = deploy.post("/api/runs", Map.of("instance", "api", "tables", List.of("good"), "full", true)).ok().json().path("run").asText();
    String events = deploy.get("/api/runs/" + run + "/events").ok().text();
    assertTrue(events.contains("\"kind\":\"ENDED\""), events);
    JsonNode ended = Await.value("the record", () -> Optional.of(deploy.get("/api/runs/" + run).ok().json().path("ended")).filter(JsonNode::isObject));
    assertEquals("OK", ended.path("outcome").asText(), ended.toString());
    assertEquals(404, deploy.post("/api/runs/" + run + "/cancel", Map.of()).status());
    assertEquals(404, deploy.post("/api/runs", Map.of("instance", "nobody")).status());
    JsonNode sync = deploy.send("POST", "/api/sync/trigger", null).ok().json();
    assertTrue(sync.path("runs").has("api") || sync.path("skipped").has("api"), sync.toString());
    Await.until("the end of it", () -> !deploy.get("/api/sync/status").ok().json().path("locked").asBoolean());
  }

  /** L11. */
  @Test
  @Order(4)
  void whatIsDownloadedHasTheDigestOfTheManifest() throws Exception {
    JsonNode table = deploy.get("/api/manifest").ok().json().path("tables").path(0);
    JsonNode part = table.path("parts").path(0);
    String url = part.path("url").asText();
    ApiClient.Answer whole = deploy.get(url).ok();
    assertEquals(part.path("sha256").asText(), HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole.body())));
    ApiClient.Answer range = deploy.get(url, "Range", "bytes=4-9");
    assertEquals(206, range.status());
    assertArrayEquals(Arrays.copyOfRange(whole.body(), 4, 10), range.body());
    String tag = whole.response().headers().firstValue("ETag").orElseThrow();
    assertEquals(304, deploy.get(url, "If-None-Match", tag).status());
    assertEquals(200, deploy.get(url, "Range", "bytes=4-9", "If-Range", "\"of another file\"").status());
    assertEquals(416, deploy.get(url, "Range", "bytes=99999999-").status());
  }

  @Test
  @Order(5)
  void queriesReadWithinTheirLimitsAndChangeNothing() {
    JsonNode rows = query(Map.of("sql", "SELECT count(*) FROM api.good")).ok().json();
    assertEquals("100", rows.at("/rows/0/0").asText());
    JsonNode cut = query(Map.of("sql", "FROM range(5000)")).ok().json();
    assertEquals(1000, cut.path("rows").size());
    assertTrue(cut.path("truncated").asBoolean());
    assertEquals("range\r\n0\r\n1\r\n", query(Map.of("sql", "FROM range(2)", "format", "csv")).ok().text());
    byte[] arrow = query(Map.of("sql", "FROM range(2)", "format", "arrow")).ok().body();
    assertEquals("ffffffff", HexFormat.of().formatHex(Arrays.copyOf(arrow, 4)), "an IPC stream begins so");
    assertEquals(413, query(Map.of("sql", "FROM range(5000)", "format", "csv", "limit", 10)).status());
    assertEquals(408, query(Map.of("sql", "SELECT count(*) FROM range(100000000000) a")).status());
    for (String bad : List.of("DROP VIEW api.good", "SELECT 1; SELECT 2", "COPY (SELECT 1) TO '/tmp/x.csv'", "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM read_csv('https://example.com/x')", "ATTACH '/tmp/x.db'", "SET memory_limit='9GB'",
        "INSTALL httpfs", "PRAGMA version", "")) {
      ApiClient.Answer refused = query(Map.of("sql", bad));
      assertEquals(422, refused.status(), bad + ": " + refused.text());
    }
  }

  private static ApiClient.Answer query(Map<String, Object> query) {
    return local.with(TOKENS.get("read")).post("/api/query", query);
  }

  @Test
  @Order(6)
  void aConfigurationIsCheckedBeforeItIsWrittenAndKeepsItsSecrets() {
    Path file = KIT.home().resolve("etc/connectors/api.yaml");
    JsonNode before = deploy.get("/api/instances/api/config").ok().json();
    assertEquals(List.of("note", "password", "unknown"), texts(before.path("hidden")));
    String text = Folders.read(file);
    assertEquals(422, deploy.put("/api/instances/api/config", Map.of("connector", "scripted", "config", Map.of("script", 5, "typo", 1), "schedule", "never"))
        .status());
    assertEquals(text, Folders.read(file));
    Map<String, Object> next = Map.of("connector", "scripted", "config", Map.of("script", before.at("/document/config/script").asText()),
        "schedule", "daily 02:30");
    deploy.put("/api/instances/api/config?trial=true", next).ok();
    assertEquals(text, Folders.read(file));
    JsonNode after = deploy.put("/api/instances/api/config", next).ok().json();
    assertEquals(List.of("note", "password", "unknown"), texts(after.path("hidden")));
    assertTrue(Folders.read(file).contains(canary(7)) && Folders.read(file).contains("daily 02:30"), "the secret stays in the file");
    assertEquals(422, deploy.put("/api/instances/..%20x/config", next).status());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  @Test
  @Order(7)
  void anUploadedJarGoesThroughTheGateAndABadOneReplacesNothing() throws IOException {
    byte[] good = Files.readAllBytes(ConnectorJar.of("other", "1.0.0").writeTo(KIT.home().resolve("data/other.jar")));
    assertEquals(202, deploy.send("PUT", "/api/deployments/other.jar", good).status());
    Await.until("it is deployed", () -> deploy.get("/api/deployments/other.jar").json().path("state").asText().equals("DEPLOYED"));
    ApiClient.Answer refused = deploy.send("PUT", "/api/deployments/other.jar", Arrays.copyOf(good, good.length / 2));
    assertEquals(422, refused.status(), refused.text());
    assertArrayEquals(good, Files.readAllBytes(KIT.deploy("other.jar")));
    for (String name : List.of("..%5cx.jar", ".hidden.jar", "x.zip", "a%20b.jar")) {
      assertEquals(400, deploy.send("PUT", "/api/deployments/" + name, good).status(), name);
    }
    assertEquals(202, deploy.send("DELETE", "/api/deployments/other.jar", null).status());
    Await.until("it is gone", () -> deploy.get("/api/deployments/other.jar").status() == 404);
  }

  @Test
  @Order(9)
  void noRequestHoweverOddMakesTheHostFail() {
    Random random = new Random(20_261_127);
    List<String> values = List.of("x", "%00", "..%2e", "%F0%9F%98%80", "'%22%3B--", "-1", "9".repeat(30), "a".repeat(3000), "null", "%7B%7D", "api", "good",
        "scripted.jar", "true", "%0d%0aX:%20y");
    List<String> bodies = List.of("", "{}", "[]", "null", "1", "\"x\"", "{\"sql\":null}", "{\"sql\":5}", "{\"sql\":\"SELECT\"}", "{", "\u0000",
        "[".repeat(5000), "{\"a\":".repeat(200), "{\"tables\":[null]}", "{\"tables\":[1,{}]}", "{\"instance\":\"api\",\"tables\":[\"'\"]}",
        "{\"connector\":\"scripted\",\"config\":{\"a\":[[[[{}]]]]},\"tables\":7,\"writes\":{}}", "{\"connector\":\"\",\"schedule\":{}}",
        "{\"sql\":\"SELECT 1\",\"format\":\"x\"}", "{\"sql\":\"SELECT 1\",\"limit\":-1}", "{\"sql\":\"SELECT 1\",\"limit\":1e99}",
        "{\"instance\":\"" + "x".repeat(100_000) + "\"}");
    List<String> wrong = new ArrayList<>();
    for (Operation operation : document.operations()) {
      for (int round = 0; round < ROUNDS && !operation.streams(); round++) {
        String path = operation.path();
        while (path.contains("{")) {
          path = path.replaceFirst("\\{[^}]+}", values.get(random.nextInt(values.size())));
        }
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.description().path("parameters")) {
          if (parameter.path("in").asText().equals("query") && random.nextInt(4) > 0) {
            query.append(query.isEmpty() ? '?' : '&').append(parameter.path("name").asText()).append('=').append(values.get(random.nextInt(values.size())));
          }
        }
        byte[] body = operation.description().has("requestBody") ? bodies.get(random.nextInt(bodies.size())).getBytes(StandardCharsets.UTF_8) : null;
        ApiClient.Answer answer = deploy.send(operation.method(), path + query, body);
        String what = operation.method() + " " + path + query + " " + (body == null ? "" : new String(body, StandardCharsets.UTF_8)).lines().findFirst()
            .map(line -> line.substring(0, Math.min(80, line.length()))).orElse("") + ": " + answer.status() + " ";
        if (answer.status() >= 500 || answer.text().contains("\tat ") || answer.text().contains("Exception in")) {
          wrong.add(what + answer.text());
        } else if (answer.status() != 400 || answer.type().startsWith("application/")) {
          // An address that is none is refused by the server itself, in a way of its own.
          document.wrong(operation, answer).forEach(each -> wrong.add(what + each));
        }
      }
    }
    assertEquals(List.of(), wrong.stream().limit(20).toList());
    assertFalse(KIT.log().contains("KIT-9004"), "no request has failed inside");
    assertFalse(KIT.log().lines().anyMatch(line -> line.startsWith("\tat ")), "no stack trace in the log");
    deploy.get("/api/status").ok();
  }

  @Test
  @Order(8)
  void noAnswerLogOrFileHoldsASecret() throws IOException {
    List<String> secrets = new ArrayList<>(Stream.iterate(1, i -> i + 1).limit(10).map(ApiSmokeIT::canary).toList());
    secrets.addAll(TOKENS.values());
    secrets.add(local.token());
    TreeSet<String> found = new TreeSet<>();
    for (String path : List.of("/api/status", "/api/instances", "/api/instances/api", "/api/instances/api/config", "/api/instances/api/state", "/api/runs",
        "/api/explain/api", "/api/connectors", "/api/tables", "/api/manifest", "/api/logs?lines=2000", "/api/health", "/metrics", "/api/deployments",
        "/api/openapi.json", "/api/tables/api/good/runs", "/v1/status", "/v1/runs", "/v1/tokens")) {
      String text = (path.startsWith("/v1") ? local : deploy).get(path).ok().text();
      secrets.stream().filter(text::contains).forEach(secret -> found.add(path + " has " + secret));
    }
    try (Stream<Path> files = Stream.concat(Files.walk(KIT.home().resolve("data")), Files.walk(KIT.home().resolve("extracts")))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).filter(file -> !file.endsWith("gateway.json") && !file.endsWith("api.script"))
          ::iterator) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        secrets.stream().filter(text::contains).forEach(secret -> found.add(file + " has " + secret));
      }
    }
    Path arguments = Path.of("/proc/" + KIT.gateway().orElseThrow().pid() + "/cmdline");
    if (Files.exists(arguments)) {
      String text = Files.readString(arguments);
      secrets.stream().filter(text::contains).forEach(secret -> found.add("ps shows " + secret));
    }
    assertEquals(new TreeSet<>(), found);
  }

  @Test
  @Order(10)
  void aRevokedTokenLetsNobodyIn() {
    KIT.kit("token", "revoke", "the-read").ok();
    assertEquals(401, local.with(TOKENS.get("read")).get("/api/status").status());
    assertEquals(List.of("the-deploy", "the-operate"), texts(KIT.kit("token", "list", "--json").json().findValuesAsText("name")));
  }

  private static List<String> texts(List<String> names) {
    return names.stream().sorted().toList();
  }
}
