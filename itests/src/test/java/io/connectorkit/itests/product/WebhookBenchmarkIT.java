package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long it takes from the sending of an event until a client of its own sees it in SQL. */
@Tag("benchmark")
class WebhookBenchmarkIT {

  private static final boolean FULL = Boolean.getBoolean("kit.full");
  private static final int PER_SECOND = FULL ? 1000 : 200;
  private static final int SECONDS = FULL ? 60 : 5;
  private static final double BAR_SECONDS = 1;
  private static final Duration LOOK = Duration.ofMillis(50);

  @Test
  void eventsAreInSqlWithinASecond() throws Exception {
    try (EventHost host = new EventHost("WebhookBenchmarkIT")) {
      host.run();
      int total = PER_SECOND * SECONDS;
      long begin = System.nanoTime();
      Map<Integer, Long> sentAt = new ConcurrentHashMap<>();
      AtomicInteger next = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      ExecutorService senders = Executors.newFixedThreadPool(32);
      ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
      clock.scheduleAtFixedRate(() -> {
        for (int i = 0; i < PER_SECOND / 50 && next.get() < total; i++) {
          int n = next.incrementAndGet();
          senders.execute(() -> {
            sentAt.put(n, System.nanoTime());
            refused.addAndGet(host.send("{\"id\":\"e" + n + "\",\"n\":" + n + "}") == 202 ? 0 : 1);
          });
        }
      }, 0, 20, TimeUnit.MILLISECONDS);
      // All up to a sequence number are seen once the count of rows is as high, as nearly as a reader can tell.
      TreeMap<Long, Long> seen = new TreeMap<>();
      for (long rows = 0; rows < total; ) {
        // A reader that never pauses would take one of two cores from the host.
        LockSupport.parkNanos(LOOK.toNanos());
        rows = host.rows();
        seen.putIfAbsent(rows, System.nanoTime());
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(SECONDS + 120), rows + " of " + total + " rows");
      }
      clock.shutdownNow();
      senders.shutdown();
      assertTrue(senders.awaitTermination(30, TimeUnit.SECONDS));
      assertEquals(0, refused.get(), "events that were not taken at once");
      List<Double> latencies = new ArrayList<>();
      List<Long> sent = new ArrayList<>(sentAt.values());
      Collections.sort(sent);
      for (int i = 0; i < sent.size(); i++) {
        latencies.add(Math.max(0, seen.ceilingEntry(i + 1L).getValue() - sent.get(i)) / 1e9);
      }
      Collections.sort(latencies);
      double p50 = latencies.get(latencies.size() / 2);
      double p99 = latencies.get(latencies.size() * 99 / 100);
      System.out.println(String.format(Locale.ROOT,
          "benchmark: webhooks at %d/s for %d s, from the request to a row in SQL: p50 %.2f s, p99 %.2f s (bar %.0f s)",
          PER_SECOND, SECONDS, p50, p99, BAR_SECONDS));
      assertTrue(p99 < (FULL ? 5 : 10), "p99 " + p99);
    }
  }
}
