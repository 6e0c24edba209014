package io.connectorkit.gateway.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private final AtomicLong nanos = new AtomicLong();
  private final RateLimit limit = new RateLimit(2, 4, nanos::get);

  @Test
  void aBurstIsLetThroughAndWhatComesAfterItIsNot() {
    for (int i = 0; i < 4; i++) {
      assertTrue(limit.take("a"));
    }
    assertFalse(limit.take("a"));
    assertTrue(limit.take("b"), "another client has a bucket of its own");
  }

  @Test
  void theBucketFillsSteadilyAndNeverOver() {
    for (int i = 0; i < 4; i++) {
      limit.take("a");
    }
    nanos.addAndGet(500_000_000);
    assertTrue(limit.take("a"));
    assertFalse(limit.take("a"));
    nanos.addAndGet(3_600_000_000_000L);
    for (int i = 0; i < 4; i++) {
      assertTrue(limit.take("a"));
    }
    assertFalse(limit.take("a"));
  }
}
