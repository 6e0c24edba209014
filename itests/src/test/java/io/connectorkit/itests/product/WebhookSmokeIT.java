package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.EventSender;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * H1, H3, H8, H12: what was answered with 2xx is in SQL once, whatever happens to the host in between, and nothing else is; who has no
 * key changes nothing.
 */
class WebhookSmokeIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final int PER_SECOND = FULL ? 1000 : 200;
  private static final int SECONDS = FULL ? 60 : 6;
  private static final int KILLS = FULL ? 5 : 2;
  private static final EventHost HOST = new EventHost("WebhookSmokeIT");

  @AfterEach
  void kill() throws InterruptedException {
    HOST.kill();
  }

  @AfterAll
  static void endTheProcesses() {
    HOST.close();
  }

  /** One who sends an event again until it is taken, as sources do. */
  private static void deliver(String body, AtomicInteger again) throws InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        int status = HOST.send(body);
        if (status / 100 == 2) {
          return;
        }
        assertEquals(503, status, "the answer to an event");
      } catch (UncheckedIOException | IllegalArgumentException e) {
        if (attempt > 600) {
          throw new AssertionError("never taken: " + body, e);
        }
      }
      again.incrementAndGet();
      new Semaphore(0).tryAcquire(100, TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void eventsThatWereTakenAreThereOnceAlthoughTheHostIsKilledInBetween() throws Exception {
    HOST.run();
    long seed = Long.getLong("kit.seed", System.nanoTime());
    Random random = new Random(seed);
    long before = HOST.rows();
    int total = PER_SECOND * SECONDS;
    AtomicInteger sent = new AtomicInteger();
    AtomicInteger again = new AtomicInteger();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    ExecutorService senders = Executors.newFixedThreadPool(64);
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    clock.scheduleAtFixedRate(() -> {
      for (int i = 0; i < PER_SECOND / 20 && sent.get() < total; i++) {
        int n = sent.incrementAndGet();
        senders.execute(() -> {
          try {
            deliver("{\"id\":\"e" + n + "\",\"n\":" + n + "}", again);
          } catch (Throwable e) {
            failures.add(e);
          }
        });
      }
    }, 0, 50, TimeUnit.MILLISECONDS);
    for (int kill = 0; kill < KILLS; kill++) {
      long moment = SECONDS * 1000L / KILLS / 4 + random.nextInt(SECONDS * 1000 / KILLS / 2);
      assertTrue(!HOST.waitFor(moment), "the gateway ended by itself");
      HOST.kill();
      HOST.run();
    }
    Await.until("all are sent", () -> sent.get() >= total);
    clock.shutdownNow();
    senders.shutdown();
    assertTrue(senders.awaitTermination(120, TimeUnit.SECONDS), "all are delivered");
    assertEquals(List.of(), failures.stream().limit(3).toList());
    Await.until("all are published", () -> HOST.rows() >= before + total);
    List<String> log = Database.query(HOST.extract(), "SELECT count(*), count(DISTINCT id), sum(n)::BIGINT FROM log WHERE id LIKE 'e%'").get(0);
    assertEquals(List.of(String.valueOf(total), String.valueOf(total), String.valueOf(total * (total + 1L) / 2)), log);
    assertEquals(String.valueOf(total), Database.query(HOST.extract(), "SELECT count(*) FROM current WHERE id LIKE 'e%'").get(0).get(0));
    System.out.println("webhooks: " + total + " events at " + PER_SECOND + "/s, " + KILLS + " kills, sent again " + again.get() + " times: each in SQL once"
        + " (seed " + seed + ", repeat with -Dkit.seed)");
  }

  /** H9, H10, H15: bodies that are not what they should be. */
  @Test
  void hostileBodiesChangeNothingAndGetAReason() throws Exception {
    HOST.run();
    URI address = HOST.address("events");
    assertEquals(202, HOST.send("{\"id\":\"good\",\"n\":1000000}"));
    Await.until("the good one is published", () -> count("good") == 1);
    List<String> before = Database.query(HOST.extract(), "SELECT id, n FROM log ORDER BY ALL").stream().map(String::valueOf).toList();
    byte[] good = "{\"id\":\"bad\",\"n\":1}".getBytes(StandardCharsets.UTF_8);
    Map<String, Integer> statuses = new LinkedHashMap<>();
    Map<String, Integer> wanted = new LinkedHashMap<>();
    check(wanted, statuses, "no signature", 401, address, good, null);
    check(wanted, statuses, "signed with another key", 401, address, good, EventSender.signature("other", good));
    check(wanted, statuses, "signature of another body", 401, address, good, sign("{}"));
    check(wanted, statuses, "signature that is no hexadecimal", 401, address, good, "sha256=" + "zz".repeat(32));
    check(wanted, statuses, "huge", 413, address, new byte[2 << 20], null);
    check(wanted, statuses, "larger than declared", 413, address, signed(" ".repeat(20 << 10)));
    byte[] badText = {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'};
    check(wanted, statuses, "not UTF-8", 400, address, badText, EventSender.signature(EventHost.SECRET, badText));
    check(wanted, statuses, "deep", 400, address, signed("[".repeat(8000) + "]".repeat(8000)));
    check(wanted, statuses, "half", 400, address, signed("{\"id\":\"bad\""));
    check(wanted, statuses, "replay", 200, address, signed("{\"id\":\"good\",\"n\":1000000}"));
    check(wanted, statuses, "a path for a name", 400,
        URI.create(address.toString().replace("/events", "/..%2f..%2fevents")), good, sign(new String(good)));
    check(wanted, statuses, "nobody's name", 404, HOST.address("nobody"), good, sign(new String(good)));
    check(wanted, statuses, "poison", 202, address, signed("{\"id\":\"../../etc\",\"n\":1,\"poison\":true}"));
    assertEquals(wanted, statuses);
    Await.until("the poison is set aside", () -> HOST.log().contains("is set aside"));
    assertEquals(before, Database.query(HOST.extract(), "SELECT id, n FROM log ORDER BY ALL").stream().map(String::valueOf).toList());
    assertEquals(202, HOST.send("{\"id\":\"good2\",\"n\":1000001}"));
    Await.until("the next one is published", () -> count("good2") == 1);
    assertTrue(!HOST.log().contains(EventHost.SECRET), "the secret is in the log");
    statuses.forEach((what, status) -> System.out.println(String.format("webhook, %-32s %d", what + ":", status)));
  }

  private static long count(String id) {
    return Files.exists(HOST.extract()) ? Long.parseLong(Database.query(HOST.extract(),
        "SELECT count(*) FROM current WHERE id = '" + id + "'").get(0).get(0)) : 0;
  }

  private static String sign(String body) {
    return EventSender.signature(EventHost.SECRET, body.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] signed(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private static void check(Map<String, Integer> wanted, Map<String, Integer> statuses, String what, int status, URI address, byte[] body)
      throws Exception {
    check(wanted, statuses, what, status, address, body, EventSender.signature(EventHost.SECRET, body));
  }

  private static void check(Map<String, Integer> wanted, Map<String, Integer> statuses, String what, int status, URI address, byte[] body,
      String signature) throws Exception {
    wanted.put(what, status);
    HttpResponse<String> response = EventHost.SENDER.send(address, body, signature);
    statuses.put(what, response.statusCode());
    assertTrue(!response.body().contains(EventHost.SECRET) && !response.body().contains("at io.") && !response.body().contains("Exception"), response.body());
  }
}
