package io.connectorkit.cli.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a document; that its connector works is shown by OpenApiSmokeIT. */
class ProposalTest {

  private static final String HEAD = """
      openapi: 3.0.3
      info: {title: Shop, version: '1'}
      servers: [{url: 'https://{r}.shop.test/v2/', variables: {r: {default: eu}}}]
      """;
  private static final String THINGS = "{type: array, items: {type: object, properties: {id: {type: integer}}}}";

  @TempDir
  Path folder;

  private String propose(String document) throws IOException {
    return Proposal.read(Files.writeString(folder.resolve("api"), document), "shop", "SHOP_TOKEN").yaml();
  }

  /** The YAML of one table whose records have these properties. */
  private String record(String properties) throws IOException {
    return propose(HEAD + "paths:\n  /things:\n    get: {" + answer(THINGS.replace("{id: {type: integer}}", properties)) + "}\n");
  }

  private String list(String operation, String properties) throws IOException {
    return propose(HEAD + "paths:\n  /things:\n    get: {" + operation + answer("{type: object, properties: {data: "
        + THINGS.replace("integer}", "integer}, updated_at: {type: string, format: date-time}") + properties + "}}") + "}\n");
  }

  private static String answer(String schema) {
    return "responses: {'200': {description: d, content: {application/json: {schema: " + schema + "}}}}";
  }

  private static void has(String yaml, String... lines) {
    for (String line : lines) {
      assertTrue(yaml.lines().anyMatch(each -> each.strip().equals(line)), line + "\nis not in\n" + yaml);
    }
  }

  @Test
  void everyTypeOfJsonHasItsColumn() throws IOException {
    has(record("{id: {type: integer}, small: {type: integer, format: int32}, price: {type: number, multipleOf: 0.01}, ratio: {type: number, format: double},"
            + " weight: {type: number}, paid: {type: boolean}, day: {type: string, format: date}, at: {type: string, format: date-time},"
            + " state: {type: string, enum: [new, done]}, note: {type: string, nullable: true, description: \"For: people\\n# and more\"},"
            + " tags: {type: array, items: {type: string}}, address: {type: object, properties: {city: {type: string}, geo: {type: object, properties:"
            + " {lat: {type: number, format: double}}}}}, extra: {type: object}, odd: {}}"),
        "id: int64", "small: int32", "price: decimal(20, 2)", "ratio: float64", "weight: float64 # if it is money, or has to be exact: decimal(12, 2)",
        "paid: bool", "day: date", "at: instant", "state: text # one of new, done", "note: {type: text, description: \"For: people # and more\"}",
        "tags: json # a list", "address_city: {type: text, path: address.city}", "address_geo_lat: {type: float64, path: address.geo.lat}",
        "extra: json # an object whose fields are not known", "odd: json # an object whose fields are not known", "key: [id]");
  }

  @Test
  void listsOfTypesAndNullAreReadAs31Has() throws IOException {
    String yaml = propose("""
        {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/things": {"get": {"responses": {"200": {"description": "d", "content":
        {"application/json": {"schema": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": ["integer", "null"]},
        "both": {"type": ["integer", "string"]}, "maybe": {"oneOf": [{"type": "null"}, {"type": "string", "format": "date"}]}}}}}}}}}}}}
        """);
    has(yaml, "id: int64", "both: json # it is of one of the types [integer, string]", "maybe: date");
  }

  @Test
  void partsAreLaidTogetherAndCirclesAreCut() throws IOException {
    String yaml = record("{id: {type: integer}, parent: {$ref: '#/components/schemas/Node'}, ghost: {$ref: '#/components/schemas/Gone'}}");
    has(yaml, "ghost: json # nothing stands at #/components/schemas/Gone");
    yaml = propose(HEAD + """
        paths:
          /nodes:
            get: {responses: {'200': {$ref: '#/components/responses/Nodes'}}}
        components:
          responses:
            Nodes: {description: d, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Node'}}}}}
          schemas:
            Base: {type: object, required: [id], properties: {id: {type: string, format: uuid}}}
            Node:
              allOf:
                - $ref: '#/components/schemas/Base'
                - type: object
                  properties:
                    name: {type: string}
                    parent: {$ref: '#/components/schemas/Node'}
                    children: {type: array, items: {$ref: '#/components/schemas/Node'}}
        """);
    has(yaml, "id: text", "name: text", "parent: json # it goes round in a circle through Node", "children: json # a list", "key: [id]");
  }

  @Test
  void pagingIsToldFromParametersAndAnswers() throws IOException {
    String params = "parameters: [{name: %s, in: query, schema: {type: %s}}, {name: limit, in: query, schema: {type: integer, maximum: 500}}], ";
    has(list(params.formatted("cursor", "string"), ", meta: {type: object, properties: {next_cursor: {type: string}, has_more: {type: boolean}}}"),
        "paging: {type: token, path: meta.next_cursor, param: cursor, more: meta.has_more}");
    has(list(params.formatted("offset", "integer"), ", total: {type: integer}"),
        "paging: {type: offset, param: offset, size_param: limit, size: 500, total: total}");
    has(list(params.formatted("page", "integer, default: 0"), ""), "paging: {type: page, param: page, first: 0, size_param: limit, size: 500}");
    has(list("", ", links: {type: object, properties: {next: {type: string, format: uri}}}"), "paging: {type: next_url, path: links.next}");
    has(list(params.formatted("q", "string"), ""), "# paging: the parameter 'limit' limits an answer, and nothing says how to get the rest;"
        + " without 'paging' only the first answer is read", "# could be sent as well, see params: q, limit");
  }

  @Test
  void changesAreAskedForWhereAParameterAndAColumnSaySo() throws IOException {
    has(list("parameters: [{name: updatedSince, in: query, schema: {type: string, format: date-time}}], ", ""),
        "incremental: {column: updated_at, param: updatedSince}");
    has(list("parameters: [{name: since, in: query, schema: {type: integer}}], ", ""), "incremental: {column: updated_at, param: since, format: epoch_seconds}",
        "# the parameter 'since' takes a number: seconds since 1970 here, or format: epoch_millis");
    has(list("", ""), "# no parameter was found that asks for what has changed since: each run reads all rows");
  }

  @Test
  void whatBecomesNoTableIsNamedWithItsReason() throws IOException {
    String rows = answer(THINGS);
    String yaml = propose(HEAD + "paths:\n  /orders:\n    get: {" + rows + "}\n    post: {responses: {}}\n  /orders/{id}/items:\n    get: {" + rows + "}\n"
        + "  /orders/{id}:\n    get: {" + answer("{type: object, properties: {id: {type: integer}}}") + "}\n"
        + "  /shops/{shopId}/staff:\n    get: {parameters: [{name: shopId, in: path, required: true, schema: {type: string}},"
        + " {name: role, in: query, required: true, schema: {type: string}}, {name: X-Shop, in: header, required: true, schema: {type: string}}], "
        + rows + "}\n  /export:\n    get: {responses: {'200': {description: d, content: {text/csv: {}}}}}\n"
        + "  /names:\n    get: {" + answer("{type: array, items: {type: string}}") + "}\n");
    has(yaml, "# - POST /orders: may change the source", "# - GET /orders/{id}/items: it has an answer for each 'id' of GET /orders, which needs code",
        "# - GET /orders/{id}: it answers with one record, not with a list of them", "# - GET /export: it does not answer with JSON that is described",
        "# - GET /names: it answers with a list of values, or of records whose fields are not known",
        "path: \"/shops/{shop_id}/staff\"", "params: {role: \"{role}\"}", "# the header 'X-Shop' is required: set it under http.headers", "shop_id:", "role:",
        "default: \"https://eu.shop.test/v2\"");
  }

  @Test
  void secretsGoWhereTheDocumentSays() throws IOException {
    String rest = "paths:\n  /a:\n    get: {" + answer(THINGS) + "}\nsecurity: [{one: []}, {two: []}]\n"
        + "components: {securitySchemes: {one: %s, two: {type: openIdConnect, openIdConnectUrl: 'https://x'}}}\n";
    has(propose(HEAD + rest.formatted("{type: apiKey, in: header, name: X-Key}")), "auth: {type: header, name: X-Key, secret: SHOP_TOKEN}",
        "# the security scheme 'two' is another way, and is not used");
    has(propose(HEAD + rest.formatted("{type: http, scheme: basic}")), "auth: {type: basic, user: \"{user}\", secret: SHOP_TOKEN}", "user:");
    has(propose(HEAD + rest.formatted("{type: apiKey, in: cookie, name: sid}")), "# the security scheme 'one' cannot be told here",
        "auth: {type: bearer, secret: SHOP_TOKEN}");
  }

  /** A document comes from anybody: nothing that it names is asked for, and nothing in it gets out of its line. */
  @Test
  void whatLiesOutsideOfADocumentIsNotFollowed() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      asked.incrementAndGet();
      exchange.close();
    });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      Files.writeString(folder.resolve("other.yaml"), "components: {schemas: {X: {type: string, description: was read}}}");
      String yaml = propose(HEAD + ("""
          paths:
            /paths: {$ref: '%s/p.yaml'}
            /things:
              get:
                parameters: [{$ref: '%s/q.yaml'}, {$ref: 'other.yaml#/x'}]
                responses: {'200': {description: d, content: {application/json: {schema: {type: array, items: {type: object, properties:
                  {id: {type: integer}, far: {$ref: '%s/s.json#/X'}, near: {$ref: 'other.yaml#/components/schemas/X'}, file: {$ref: 'file:///etc/passwd'}}}}}}}}
          """).replace("%s", url));
      assertEquals(0, asked.get());
      assertTrue(!yaml.contains("was read") && !yaml.contains("root:"), yaml);
      has(yaml, "near: json # what lies outside of the document is not followed: ./other.yaml#/components/schemas/X");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void namesAndTextsOfADocumentStayInTheirLine() throws IOException {
    String yaml = record("{id: {type: integer}, \"a: b\\\" #{x}\": {type: string, description: \"x\\n  evil: true\\u2028y\"},"
        + " \"\\u0007\": {type: string}, ID: {type: string}, yes: {type: string, enum: [\"a\\nb: c\"]}}");
    has(yaml, "# the field '' has a name that no path can have: it is left out", "\"a: b\\\" #{x}\": {type: text, description: \"x evil: true y\"}",
        "ID_2: {type: text, path: ID}", "\"yes\": text # one of a b: c");
    assertTrue(yaml.lines().noneMatch(line -> line.strip().startsWith("evil")), yaml);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "", "[]", "{", "swagger: '2.0'\npaths: {}", "openapi: 3.2.0\npaths: {/a: {}}", "openapi: 3.0.0\npaths: {}", "openapi: 3.0.0", "a: &a [*a]", "a: b: c",
      "openapi: 3.0.0\npaths: {/a: {get: {responses: {'200': {description: d}}}}}", "!!javax.script.ScriptEngineManager []"})
  void whatIsNoSuchDocumentIsRefusedInOneLine(String document) {
    String said = assertThrows(InvalidDocument.class, () -> propose(document)).getMessage();
    assertEquals(1, said.lines().count(), said);
  }

  @Test
  void documentsThatMultiplyAreGivenUp() {
    StringBuilder schemas = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String next = "{$ref: '#/components/schemas/S" + (i + 1) + "'}";
      schemas.append("    S").append(i).append(": {allOf: [").append(next).append(", ").append(next).append("]}\n");
    }
    String document = HEAD + "paths:\n  /a:\n    get: {" + answer("{$ref: '#/components/schemas/S0'}") + "}\ncomponents:\n  schemas:\n" + schemas
        + "    S40: " + THINGS + "\n";
    assertTrue(assertThrows(InvalidDocument.class, () -> propose(document)).getMessage().contains("without end"));
    String laughs = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\n"
        + "d: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e]\n"
        + "g: [*f, *f, *f, *f, *f, *f, *f, *f]\n";
    assertThrows(InvalidDocument.class, () -> propose(laughs));
    for (String deep : List.of("[".repeat(50_000), "{\"a\":".repeat(50_000), "a:\n" + " - [".repeat(500))) {
      assertThrows(InvalidDocument.class, () -> propose(deep));
    }
  }
}
