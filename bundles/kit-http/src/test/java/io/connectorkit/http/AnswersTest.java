package io.connectorkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ConnectorException.Kind;
import io.connectorkit.api.Http;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.Paging;
import io.connectorkit.http.FakeSource.Reply;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of answers, good and bad. */
@Timeout(20)
class AnswersTest extends HttpFixture {

  private ConnectorException refused(Reply reply, String path) {
    Http http = http(inTurn(count -> reply));
    ConnectorException one = assertThrows(ConnectorException.class, () -> all(http.get("/things"), path));
    ConnectorException paged = assertThrows(ConnectorException.class, () -> all(http.get("/things").paged(Paging.byToken("next")), path));
    assertEquals(one.getMessage(), paged.getMessage().replace(" (page 1)", ""));
    assertEquals(one.kind(), paged.kind());
    return one;
  }

  @Test
  void numbersKeepAllOfTheirDigits() {
    FakeSource source = source(asked -> Reply.json("{'a': 12, 'b': 123456789012345678901234567890, 'c': 0.1000, 'd': 1E3, 'e': [true, null, {'f': 'x'}]}"));
    Map<?, ?> json = (Map<?, ?>) http(source).get("").json();
    assertEquals(12L, json.get("a"));
    assertEquals(new BigInteger("123456789012345678901234567890"), json.get("b"));
    assertEquals(new BigDecimal("0.1000"), json.get("c"));
    assertEquals(new BigDecimal("1E3"), json.get("d"));
    assertEquals(Arrays.asList(true, null, Map.of("f", "x")), json.get("e"));
    assertTrue(refused(Reply.json("[{'id': 1e999999999}]"), "").getMessage().contains("exponent"));
  }

  @Test
  void aListThatMayBeLeftOutIsEmptyThenAndNothingElseIs() {
    assertEquals(List.of(), all(http(inTurn(count -> Reply.json("{'kind': 'list'}"))).get(""), "items?"));
    assertEquals(List.of(), all(http(inTurn(count -> Reply.json("{'data': {}}"))).get(""), "data.items?"));
    assertEquals(List.of(id(1)), all(http(inTurn(count -> Reply.json("{'items': [{'id': 1}]}"))).get(""), "items?"));
    for (String wrong : List.of("{'error': 'none'}", "{'data': 'none'}", "{'data': {'items': 'none'}}", "[]")) {
      assertTrue(refused(Reply.json(wrong), "data.items?").getMessage().contains("has no 'data.items'"), wrong);
    }
  }

  @Test
  void aFormIsSentAsOne() {
    FakeSource source = source(asked -> Reply.json("{}"));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("grant type", "a&b=ü");
    fields.put("none", null);
    fields.put("scope", List.of("x", "y"));
    http(source).postForm("/token", fields).json();
    assertEquals("grant%20type=a%26b%3D%C3%BC&scope=x&scope=y", source.asked().get(0).body());
    assertEquals("application/x-www-form-urlencoded", source.asked().get(0).header("Content-Type"));
  }

  /** A17: an empty list is no missing one. */
  @Test
  void noRecordsAndNoSuchPathAreTwoThings() {
    for (String empty : List.of("{'data': {'items': []}}", "{'data': {'items': null}}")) {
      assertEquals(List.of(), all(http(inTurn(count -> Reply.json(empty))).get(""), "data.items"));
    }
    assertEquals(List.of(), all(http(inTurn(count -> Reply.json("").status(204))).get(""), "data.items"));
    assertEquals("GET /things gave an answer that has no 'data.items'; 'data' is an object with [entries, total]",
        refused(Reply.json("{'meta': 1, 'data': {'entries': [], 'total': {'items': []}}}"), "data.items").getMessage());
    assertEquals("GET /things gave an answer that has no 'data.items'; it is an object with [error]",
        refused(Reply.json("{'error': 'x'}"), "data.items").getMessage());
    assertEquals("GET /things gave an answer that has no 'data.items'; 'data' is a text", refused(Reply.json("{'data': 'x'}"), "data.items").getMessage());
    assertEquals("GET /things gave an answer that has no list; it is an object with [data]", refused(Reply.json("{'data': []}"), "").getMessage());
    assertEquals("GET /things gave an answer that has no list; it is nothing", refused(Reply.json(""), "").getMessage());
    assertEquals("GET /things gave an answer that has a number as record 2 of 'data', where an object has to be",
        refused(Reply.json("{'data': [{}, 7]}"), "data").getMessage());
    assertEquals(Kind.PERMANENT, refused(Reply.json("{}"), "data").kind());
  }

  @Test
  void anAnswerThatBreaksOffIsNeverAnEnd() {
    String whole = "{'items': [{'id': 1}, {'id': 2}], 'next': null}";
    for (int cut = 1; cut < whole.length() - 1; cut += 5) {
      ConnectorException lost = refused(Reply.json(whole).cut(cut), "items");
      assertEquals(Kind.TRANSIENT, lost.kind(), lost.getMessage());
    }
    ConnectorException early = refused(Reply.json("{'items': [{'id': 1}, {'id': 2}]"), "items");
    assertEquals("GET /things gave an answer that breaks off after 32 bytes", early.getMessage());
    assertEquals(Kind.TRANSIENT, early.kind());
    assertEquals(Kind.TRANSIENT, refused(Reply.json(whole).packed().cut(3), "items").kind());
  }

  @Test
  void aPageThatBreaksOffIsAskedForAgain() {
    FakeSource source = inTurn(count -> Reply.json("{'items': [{'id': 1}]}").cut(count < 2 ? 3 : 0));
    assertEquals(List.of(id(1)), all(http(source).get("").paged(Paging.byToken("next")), "items"));
    assertEquals(3, source.asked().size());
  }

  @Test
  void whatIsNoJsonIsShown() {
    ConnectorException page = refused(Reply.json("<html>\n<b>Please\tlog in</b>"), "items");
    assertEquals("GET /things gave an answer that is no JSON: '<html> <b>Please log in</b>'", page.getMessage());
    assertEquals(Kind.PERMANENT, page.kind());
  }

  @Test
  void packedAnswersAreUnpackedAndBounded() {
    String many = "[" + IntStream.range(0, 100_000).mapToObj(id -> "{'id': " + id + "}").collect(Collectors.joining(",")) + "]";
    FakeSource source = inTurn(count -> Reply.json(many).packed());
    assertEquals(100_000, all(http(source).get(""), "").size());
    Http bounded = http(source).with(options -> options.maxBytes(1000).retries(0));
    assertEquals("GET / (page 1) gave an answer that is larger than 1000 bytes; ask for smaller pages, or raise http.max_body_mib",
        assertThrows(ConnectorException.class, () -> all(bounded.get("").paged(Paging.byToken("next")), "")).getMessage());
    assertTrue(assertThrows(ConnectorException.class, () -> bounded.get("").json()).getMessage().contains("larger than"));
    assertEquals("gzip", source.asked().get(0).header("Accept-Encoding"));
    assertTrue(refused(Reply.json("x").header("Content-Encoding", "br"), "").getMessage().contains("packed as 'br'"));
  }

  @Test
  void aDownloadComesAsItIs() throws Exception {
    byte[] bytes = new byte[300_000];
    new java.util.Random(1).nextBytes(bytes);
    FakeSource source = inTurn(count -> new Reply(200, Map.of(), bytes, count == 0 ? 0 : 1000));
    try (InputStream stream = http(source).get("/file").stream()) {
      assertEquals(Arrays.hashCode(bytes), Arrays.hashCode(stream.readAllBytes()));
    }
    try (InputStream broken = http(source).get("/file").stream()) {
      assertThrows(java.io.IOException.class, broken::readAllBytes);
    }
  }

  @Test
  void jsonIsSentAndAnswered() {
    FakeSource source = source(asked -> asked.method().equals("POST") ? Reply.json("{'items': [{'id': 5}]}") : Reply.json("").status(204));
    Map<String, Object> query = Map.of("q", List.of("a\"b", 1L, new BigDecimal("1.50"), true, Map.of("x", Optional.empty().isPresent())));
    assertEquals(List.of(id(5)), all(http(source).post("search", query), "items"));
    assertEquals("{\"q\":[\"a\\\"b\",1,1.50,true,{\"x\":false}]}", source.asked().get(0).body());
    assertEquals("application/json", source.asked().get(0).header("Content-Type"));
    assertNull(http(source).get("/nothing").json());
  }

  @Test
  void whatMayBeGoneIsFoundOrNot() {
    FakeSource source = inTurn(count -> Reply.json(count == 0 ? "{'id': 5}" : "{'error': 'no such thing'}").status(List.of(200, 404, 410, 400).get(count)));
    assertEquals(Optional.of(id(5)), http(source).get("/thing").find());
    assertEquals(Optional.empty(), http(source).get("/thing").find());
    assertEquals(Optional.empty(), http(source).get("/thing").find());
    assertTrue(assertThrows(ConnectorException.class, () -> http(source).get("/thing").find()).getMessage().contains("answered 400"));
    FakeSource gone = source(asked -> Reply.json("").status(404));
    assertTrue(assertThrows(ConnectorException.class, () -> http(gone).get("/thing").json()).getMessage().contains("answered 404"));
  }

  @Test
  void parametersAreLeftOutOrComeSeveralTimes() {
    FakeSource source = source(asked -> Reply.json("[]"));
    http(source).get("/a?x=1").param("none", null).param("empty", Optional.empty()).param("two", List.of(1, "ü&")).param("x", new BigDecimal("1E3")).json();
    assertEquals(Map.of("two", "1,ü&", "x", "1000"), source.asked().get(0).params());
  }

  @Test
  void withoutABaseUrlTheMessageSaysWhereToSetIt() {
    assertTrue(assertThrows(ConnectorException.class, () -> http(HttpOptions.DEFAULT).get("/x")).getMessage().contains("http.base_url"));
    for (String wrong : List.of("ftp://x", "https://user:pw@host/", "/x", "https://", "http://x y", "https://h/?key=pw")) {
      String message = assertThrows(ConnectorException.class, () -> http(HttpOptions.DEFAULT.baseUrl(wrong)).get("/x")).getMessage();
      assertTrue(message.startsWith("the base URL cannot be used") && !message.contains("pw"), message);
    }
  }

  @Test
  void aFormIsSentAsFields() {
    FakeSource source = source(asked -> Reply.json("{}"));
    Map<String, Object> fields = new java.util.LinkedHashMap<>();
    fields.put("whereFilters[0][column]", "name & all");
    fields.put("none", null);
    fields.put("at", List.of(1, "ž"));
    http(source).postForm("/export", fields).json();
    assertEquals("application/x-www-form-urlencoded", source.asked().get(0).header("Content-Type"));
    assertEquals("whereFilters%5B0%5D%5Bcolumn%5D=name%20%26%20all&at=1&at=%C5%BE", source.asked().get(0).body());
    assertEquals(Map.of(), source.asked().get(0).params());
  }
}
