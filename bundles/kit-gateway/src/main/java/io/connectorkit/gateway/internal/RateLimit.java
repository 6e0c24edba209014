package io.connectorkit.gateway.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Lets each client through so often: a bucket that fills steadily, and that a burst may empty. */
final class RateLimit {

  /** So many clients are told apart; who was not seen for longest is forgotten first. */
  private static final int CLIENTS = 10_000;

  private static final class Bucket {
    private double left;
    private long at;
  }

  private final double perSecond;
  private final double burst;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > CLIENTS;
    }
  };

  RateLimit(double perSecond, double burst, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanos = nanos;
  }

  /** Takes one from a client's bucket; false if it is empty. */
  synchronized boolean take(String client) {
    Bucket bucket = fill(client);
    if (bucket.left < 1) {
      return false;
    }
    bucket.left--;
    return true;
  }

  /** Whether a client's bucket has run out, without taking from it. */
  synchronized boolean exhausted(String client) {
    return buckets.containsKey(client) && fill(client).left < 1;
  }

  private Bucket fill(String client) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.computeIfAbsent(client, key -> {
      Bucket full = new Bucket();
      full.left = burst;
      full.at = now;
      return full;
    });
    bucket.left = Math.min(burst, bucket.left + (now - bucket.at) / 1e9 * perSecond);
    bucket.at = now;
    return bucket;
  }
}
