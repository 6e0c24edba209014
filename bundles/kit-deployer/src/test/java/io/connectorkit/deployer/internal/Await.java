package io.connectorkit.deployer.internal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread does, and says what it waited for when the time is up. */
public final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Await() {}

  /** Waits until the condition holds. */
  public static void until(Supplier<String> what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain for: " + what.get());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Lets time pass in which something must not happen. */
  public static void through(Duration time, BooleanSupplier holds) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      if (!holds.getAsBoolean()) {
        throw new AssertionError("did not hold");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
