package io.connectorkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ConnectorException.Kind;
import io.connectorkit.api.Http;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.HttpOptions.Auth;
import io.connectorkit.http.FakeSource.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Errors of the source and on the way (A15), limits, and cancellation. */
@Timeout(20)
class FailuresTest extends HttpFixture {

  private static ConnectorException failure(Http http) {
    return assertThrows(ConnectorException.class, () -> http.get("/things?key=" + SECRET.replace("+", "%2B")).json());
  }

  private Reply failing(int status) {
    return Reply.json("{'error': 'no\n  way'}").status(status);
  }

  @Test
  void whatMayPassIsTriedAgain() {
    for (int status : List.of(500, 502, 503, 504, 429, 408)) {
      FakeSource source = inTurn(count -> count < 3 ? failing(status) : Reply.json("{'id': 1}"));
      assertEquals(id(1), http(source).get("").json());
      assertEquals(4, source.asked().size());
    }
  }

  @Test
  void whatDoesNotPassHasItsKindAndSaysWhere() {
    FakeSource source = inTurn(count -> failing(500));
    ConnectorException passing = failure(http(source));
    assertEquals("GET /things answered 500: '{\"error\": \"no way\"}'", passing.getMessage());
    assertEquals(Kind.TRANSIENT, passing.kind());
    assertEquals(5, source.asked().size());
    Map.of(401, Kind.AUTHENTICATION, 403, Kind.AUTHENTICATION, 400, Kind.PERMANENT, 404, Kind.PERMANENT, 422, Kind.PERMANENT, 501, Kind.PERMANENT)
        .forEach((status, kind) -> {
          FakeSource strict = inTurn(count -> failing(status));
          assertEquals(kind, failure(http(strict)).kind());
          assertEquals(1, strict.asked().size());
        });
  }

  @Test
  void aPostIsNotRepeatedUnlessItMayBe() {
    FakeSource source = inTurn(count -> failing(500));
    assertThrows(ConnectorException.class, () -> http(source).post("/x", Map.of()).json());
    assertEquals(1, source.asked().size());
    assertThrows(ConnectorException.class, () -> http(source).post("/x", Map.of()).repeatable().json());
    assertEquals(6, source.asked().size());
    FakeSource throttling = inTurn(count -> count == 0 ? failing(429) : Reply.json("1"));
    assertEquals(1L, http(throttling).post("/x", Map.of()).json());
  }

  @Test
  void retryAfterIsHonouredInSecondsAndAsADate() {
    for (String after : List.of("1", "Mon, 01 Jun 2026 12:00:01 GMT")) {
      FakeSource source = inTurn(count -> count == 0 ? failing(429).header("Retry-After", after) : Reply.json("1"));
      long begin = System.nanoTime();
      assertEquals(1L, http(source).get("").json());
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      assertTrue(millis >= 950, millis + " ms");
    }
    FakeSource past = inTurn(count -> count == 0 ? failing(503).header("Retry-After", "Mon, 01 Jun 2026 11:00:00 GMT") : Reply.json("1"));
    assertEquals(1L, http(past).get("").json());
  }

  @Test
  void aPauseThatIsTooLongIsLeftToTheHost() {
    FakeSource source = inTurn(count -> failing(429).header("Retry-After", "3600"));
    ConnectorException failure = failure(http(source));
    assertEquals(Duration.ofHours(1), failure.retryAfter().orElseThrow());
    assertTrue(failure.getMessage().endsWith("it asks for a pause of 3600 s"), failure.getMessage());
    assertEquals(1, source.asked().size());
    FakeSource limited = inTurn(count -> failing(403).header("Retry-After", "60"));
    assertEquals(Kind.TRANSIENT, failure(http(limited)).kind());
  }

  @Test
  void allCallsOfAnInstanceKeepToOneRateAndOnePause() throws Exception {
    FakeSource source = inTurn(count -> Reply.json("1"));
    HttpOptions options = HttpOptions.DEFAULT.baseUrl(source.url()).rate(20, Duration.ofSeconds(1));
    long begin = System.nanoTime();
    List<CompletableFuture<Void>> tables = List.of(1, 2, 3).stream().map(table -> CompletableFuture.runAsync(() -> {
      Http http = http(options);
      for (int i = 0; i < 4; i++) {
        http.get("").json();
      }
    })).toList();
    for (CompletableFuture<Void> table : tables) {
      table.get();
    }
    assertTrue(System.nanoTime() - begin >= Duration.ofMillis(540).toNanos(), "12 requests with 50 ms between them");
    pace.pause(Duration.ofMillis(200));
    begin = System.nanoTime();
    http(source).get("").json();
    assertTrue(System.nanoTime() - begin >= Duration.ofMillis(190).toNanos());
  }

  /** I5, J: what is secret stands in no message, however the source writes it. */
  @Test
  void secretsAreInNoMessage() {
    String encoded = Text.encoded(SECRET);
    FakeSource source = inTurn(count -> Reply.json("{'echo': 'Bearer " + SECRET + " " + encoded + " topsecret tops%65cret x y'}").status(400));
    Http http = http(HttpOptions.DEFAULT.baseUrl(source.url()).auth(Auth.query("api_key", "x y&z-topsecret")));
    String message = assertThrows(ConnectorException.class, () -> http.get("/things/" + encoded).param("token", SECRET).json()).getMessage();
    assertEquals("GET /things/*** answered 400: '{\"echo\": \"Bearer *** *** topsecret tops%65cret x y\"}'", message);
    assertEquals("x y&z-topsecret", source.asked().get(0).params().get("api_key"));
    String long400 = failure(http(inTurn(count -> Reply.json("x".repeat(195) + SECRET).status(400)))).getMessage();
    assertFalse(long400.contains(SECRET.substring(0, 4)), long400);
    assertEquals("HEADER Authorization", Auth.bearer(SECRET).toString());
    String header = assertThrows(ConnectorException.class, () -> http(HttpOptions.DEFAULT.baseUrl(source.url()).auth(Auth.bearer("a\nb-secret")))
        .get("/x").json()).getMessage();
    assertTrue(header.contains("Authorization") && !header.contains("b-secret"), header);
  }

  @Test
  void theCredentialsStayWithTheSource() {
    FakeSource foreign = inTurn(count -> Reply.json("[{'id': 2}]"));
    FakeSource source = source(asked -> asked.path().equals("/away") ? Reply.json("").status(302).header("Location", foreign.url() + "/there")
        : asked.path().equals("/old") ? Reply.json("").status(301).header("Location", "/new") : Reply.json("[{'id': 1}]"));
    HttpOptions options = HttpOptions.DEFAULT.baseUrl(source.url()).auth(Auth.bearer(SECRET)).header("X-Tenant", "t1");
    assertEquals(List.of(id(1)), all(http(options).get("/old"), ""));
    assertEquals(List.of("Bearer " + SECRET, "Bearer " + SECRET), source.asked().stream().map(asked -> asked.header("Authorization")).toList());
    ConnectorException refused = assertThrows(ConnectorException.class, () -> http(options).get("/away").json());
    assertEquals("GET /away gave an answer that leads to another origin, " + foreign.url() + "; if that is right, name the host under http.allowed_hosts",
        refused.getMessage());
    assertEquals(0, foreign.asked().size());
    HttpOptions open = options.allowedHosts(java.util.Set.of("127.0.0.1"));
    assertEquals(List.of(id(2)), all(http(open).get("/away"), ""));
    assertEquals(List.of(id(2)), all(http(open).get(foreign.url() + "/x"), ""));
    assertEquals(List.of("", ""), foreign.asked().stream().map(asked -> asked.header("Authorization") + asked.header("X-Tenant")).toList());
    assertTrue(assertThrows(ConnectorException.class, () -> http(options).get(foreign.url()).json()).getMessage().contains("allowed_hosts"));
  }

  /** I5: a source that is taken over leads nobody into the host's own network. */
  @Test
  void pagesOfOtherOriginsAreNotFollowed() {
    for (String url : List.of("http://169.254.169.254/latest/", "//evil.example/x", "file:///etc/passwd", "http://127.0.0.1:1/", "https://127.0.0.1/", "::")) {
      FakeSource source = inTurn(count -> Reply.json("{'items': [], 'next': '" + url + "'}"));
      String message = assertThrows(ConnectorException.class,
          () -> all(http(source).get("/p").paged(io.connectorkit.api.Paging.byNextUrl("next")), "items")).getMessage();
      assertTrue(message.startsWith("GET /p (page 1) gave an answer that leads to "), message);
    }
    FakeSource around = inTurn(count -> Reply.json("").status(302).header("Location", "/p"));
    assertTrue(assertThrows(ConnectorException.class, () -> http(around).get("/p").json()).getMessage().contains("from one redirect to the next"));
  }

  @Test
  void whoIsNotThereIsNamed() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ConnectorException failure = failure(http(HttpOptions.DEFAULT.baseUrl("http://127.0.0.1:" + port).retries(1)));
    assertEquals("GET /things cannot connect to http://127.0.0.1:" + port + "; check the base URL and the network", failure.getMessage());
    assertEquals(Kind.TRANSIENT, failure.kind());
    assertTrue(failure(http(HttpOptions.DEFAULT.baseUrl("http://nobody.invalid").retries(0))).getMessage().contains("http://nobody.invalid"));
  }

  /** Answers what was begun, and then nothing more. */
  private FakeSource hanging(CountDownLatch asked, CountDownLatch release, boolean withHeaders) {
    return source(question -> {
      asked.countDown();
      if (!withHeaders) {
        await(release);
      }
      return Reply.json("[" + " ".repeat(100_000) + "]").stuck(withHeaders ? release : new CountDownLatch(0));
    });
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aSourceThatHangsIsNotWaitedForForEver() {
    CountDownLatch release = new CountDownLatch(1);
    HttpOptions hasty = HttpOptions.DEFAULT.retries(0).timeouts(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ZERO);
    ConnectorException silent = failure(http(hasty.baseUrl(hanging(new CountDownLatch(1), release, false).url())));
    assertEquals("GET /things got no answer within 0.2 s", silent.getMessage());
    ConnectorException slow = failure(http(hasty.baseUrl(hanging(new CountDownLatch(1), release, true).url())));
    assertEquals("GET /things gave an answer that is not complete within 0.4 s", slow.getMessage());
    assertEquals(List.of(Kind.TRANSIENT, Kind.TRANSIENT), List.of(silent.kind(), slow.kind()));
    release.countDown();
  }

  @Test
  void cancellationEndsACallWhereverItIs() throws Exception {
    for (String where : List.of("headers", "body", "pause")) {
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      FakeSource source = where.equals("pause") ? source(question -> {
        asked.countDown();
        return failing(429).header("Retry-After", "60");
      }) : hanging(asked, release, where.equals("body"));
      Switch own = new Switch();
      KitHttp http = new KitHttp(transport, HttpOptions.DEFAULT.baseUrl(source.url()), new Pace(), own, java.time.Clock.systemUTC(), List::of);
      CompletableFuture<Object> call = CompletableFuture.supplyAsync(() -> http.get("").json());
      await(asked);
      long begin = System.nanoTime();
      own.cancel();
      ExecutionException end = assertThrows(ExecutionException.class, () -> call.get(5, TimeUnit.SECONDS));
      assertEquals(CancellationException.class, end.getCause().getClass(), where + ": " + end);
      assertTrue(System.nanoTime() - begin < Duration.ofSeconds(1).toNanos(), where);
      assertThrows(CancellationException.class, () -> http.get("").json());
      release.countDown();
    }
  }

  @Test
  void whatIsReadFromADownloadBeginsAnewAfterABreak() {
    FakeSource source = inTurn(count -> new Reply(200, Map.of(), "all of it".getBytes(StandardCharsets.UTF_8), count == 0 ? 4 : 0));
    List<Integer> tries = new ArrayList<>();
    assertEquals("all of it", http(source).get("/file").read(body -> {
      tries.add(1);
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }));
    assertEquals(2, tries.size());
    FakeSource broken = inTurn(count -> new Reply(200, Map.of(), "all of it".getBytes(StandardCharsets.UTF_8), 4));
    ConnectorException e = assertThrows(ConnectorException.class, () -> http(broken).get("/file").read(InputStream::readAllBytes));
    assertEquals(Kind.TRANSIENT, e.kind());
    assertEquals(5, broken.asked().size());
  }

  @Test
  void whatIsNotDoneIsAskedForAgainUntilItIsTooLate() {
    FakeSource source = inTurn(count -> Reply.json("{'status': '" + (count < 3 ? "waiting" : "success") + "'}"));
    Map<String, String> done = Map.of("status", "success");
    assertEquals(done, http(source).get("/jobs/1").awaitJson(done::equals, Duration.ofSeconds(5)));
    assertEquals(4, source.asked().size());
    ConnectorException e = assertThrows(ConnectorException.class, () -> http(source).get("/jobs/1").awaitJson(answer -> false, Duration.ofMillis(1)));
    assertEquals(List.of(Kind.TRANSIENT, "GET /jobs/1 does not say that it is done after 0 s; try again later"), List.of(e.kind(), e.getMessage()));
  }
}
