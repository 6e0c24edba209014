package io.connectorkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.HttpCall;
import io.connectorkit.api.Paging;
import io.connectorkit.http.FakeSource.Asked;
import io.connectorkit.http.FakeSource.Reply;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each way from page to page, to its end, and never round and round. */
@Timeout(20)
class PagingTest extends HttpFixture {

  private static final int ALL = 25;

  /** Records from one on, as a list. */
  private static String records(long from, long count) {
    return LongStream.range(from, Math.min(ALL, from + count)).mapToObj(id -> "{'id': " + id + "}").collect(Collectors.joining(",", "[", "]"));
  }

  private static long number(Asked asked, String param, long otherwise) {
    return Long.parseLong(asked.params().getOrDefault(param, String.valueOf(otherwise)));
  }

  private void assertAll(HttpCall call) {
    assertEquals(LongStream.range(0, ALL).mapToObj(HttpFixture::id).toList(), all(call, "data.items"));
  }

  private static ConnectorException refused(HttpCall call, String path) {
    return assertThrows(ConnectorException.class, () -> all(call, path));
  }

  @Test
  void aTokenLeadsThroughAllPages() {
    FakeSource source = source(asked -> {
      long at = number(asked, "cursor", 0);
      String next = at + 10 < ALL ? "'" + (at + 10) + "'" : at % 20 == 0 ? "null" : "''";
      return Reply.json("{'meta': {'next': " + next + "}, 'data': {'items': " + records(at, 10) + "}}");
    });
    assertAll(http(source).get("/things").param("kind", "a b&c").paged(Paging.byToken("meta.next", "cursor")));
    assertEquals(List.of("a b&c", "a b&c", "a b&c"), source.asked().stream().map(asked -> asked.params().get("kind")).toList());
  }

  @Test
  void aTokenThatStaysBehindIsNotFollowedWhereTheSourceSaysThatThereIsNoMore() {
    FakeSource source = source(asked -> {
      long at = number(asked, "after", 0);
      return Reply.json("{'data': {'items': " + records(at, 10) + "}, 'after': " + (at + 10) + ", 'more': " + (at + 10 < ALL) + "}");
    });
    assertAll(http(source).get("things").paged(Paging.byToken("after").whileTrue("more")));
    assertEquals(3, source.asked().size());
  }

  @Test
  void aSearchThatIsSentAsJsonPagesInItsJson() {
    FakeSource source = source(asked -> {
      String body = asked.body().replaceAll("\\s", "");
      int at = body.contains("\"cursor\":") ? Integer.parseInt(body.replaceAll(".*\"cursor\":\"at-(\\d+)\".*", "$1")) : 0;
      return Reply.json("{'data': {'items': " + records(at, 10) + "}" + (at + 10 < ALL ? ", 'cursor': 'at-" + (at + 10) + "'" : "") + "}");
    });
    assertAll(http(source).post("/search", java.util.Map.of("query", "a=\"b\"")).repeatable().paged(Paging.byToken("cursor")));
    assertEquals("{\"query\":\"a=\\\"b\\\"\",\"cursor\":\"at-20\"}", source.asked().get(2).body());
    assertEquals(java.util.Map.of(), source.asked().get(2).params());

    FakeSource counting = source(asked -> Reply.json("{'data': {'items': " + records(Long.parseLong(asked.body().replaceAll("\\D", "")), 10) + "}}"));
    assertAll(http(counting).post("/search", java.util.Map.of()).repeatable().paged(Paging.byOffset("skip", "", 10)));
    assertEquals("{\"skip\":25}", counting.asked().get(3).body());
  }

  /** A source may lower a size that is too large for it: a short page is not the last one. */
  @Test
  void offsetsGoByWhatCameAndNotByWhatWasAskedFor() {
    FakeSource source = source(asked -> Reply.json("{'data': {'items': " + records(number(asked, "skip", 0), Math.min(7, number(asked, "take", 0))) + "}}"));
    assertAll(http(source).get("/things").paged(Paging.byOffset("skip", "take", 100)));
    assertEquals(List.of("0", "7", "14", "21", "25"), source.asked().stream().map(asked -> asked.params().get("skip")).toList());
  }

  @Test
  void aTotalSavesTheRequestForTheEmptyPage() {
    FakeSource source = source(asked -> Reply.json("{'total': 25, 'data': {'items': " + records(number(asked, "skip", 0), 5) + "}}"));
    assertAll(http(source).get("/things").paged(Paging.byOffset("skip", "take", 5).of("total")));
    assertEquals(5, source.asked().size());
  }

  @Test
  void pagesAreNumbered() {
    FakeSource source = source(asked -> Reply.json("{'data': {'items': " + records(number(asked, "page", 0) * 10, 10) + "}}"));
    assertAll(http(source).get("/things").paged(Paging.byNumber("page", "", 10).from(0)));
    assertEquals(List.of("0", "1", "2", "3"), source.asked().stream().map(asked -> asked.params().get("page")).toList());
  }

  @Test
  void theLinkHeaderLeadsOn() {
    FakeSource source = source(asked -> {
      long at = number(asked, "at", 0);
      Reply reply = Reply.json("{'data': {'items': " + records(at, 10) + "}}");
      return at + 10 >= ALL ? reply.header("Link", "</things>; rel=\"first\"")
          : reply.header("Link", "</things>; rel=\"first\", </things?a=1,2&at=" + (at + 10) + ">; title=\"a, b\"; rel=\"last next\"");
    });
    assertAll(http(source).get("/things").paged(Paging.byLink()));
  }

  @Test
  void aUrlInTheBodyLeadsOn() {
    FakeSource source = source(asked -> {
      long at = number(asked, "at", 0);
      String url = at == 10 ? "?at=20&filter[a b]=x|{y}" : "http://" + asked.header("Host") + "/things?at=" + (at + 10);
      return Reply.json("{'data': {'items': " + records(at, 10) + "}" + (at + 10 < ALL ? ", 'next': '" + url + "'" : "") + "}");
    });
    assertAll(http(source).get("/things").paged(Paging.byNextUrl("next")));
  }

  @Test
  void pagesAreAskedForAsTheyAreNeeded() {
    FakeSource source = source(asked -> Reply.json("{'data': {'items': " + records(number(asked, "skip", 0), 5) + "}}"));
    Iterator<List<java.util.Map<String, Object>>> pages = http(source).get("/things").paged(Paging.byOffset("skip", "take", 5)).pages("data.items");
    assertEquals(5, pages.next().size());
    assertEquals(1, source.asked().size());
  }

  @Test
  void whatGoesRoundAndRoundIsAnError() {
    FakeSource still = source(asked -> Reply.json("{'next': 'same', 'items': [{'id': 1}]}"));
    ConnectorException token = refused(http(still).get("/things").paged(Paging.byToken("next", "wrong")), "items");
    assertTrue(token.getMessage().startsWith("GET /things (page 2) gave an answer that has a token under 'next' that was there already"), token.getMessage());
    assertTrue(token.getMessage().endsWith("is 'wrong' the parameter for it?"), token.getMessage());
    assertEquals(2, still.asked().size());

    FakeSource deaf = source(asked -> Reply.json("[{'id': 1}, {'id': 2}]"));
    assertTrue(refused(http(deaf).get("/things").paged(Paging.byNumber("page", "", 2)), "").getMessage().contains("same records as an earlier page"));
    assertEquals(2, deaf.asked().size());

    FakeSource circle = source(asked -> Reply.json("{'items': [], 'next': '/things?at=" + (number(asked, "at", 0) + 1) % 5 + "'}"));
    assertTrue(refused(http(circle).get("/things").paged(Paging.byNextUrl("next")), "items").getMessage().contains("was there already"));
    assertTrue(circle.asked().size() < 20, "asked " + circle.asked().size());
  }
}
