package io.connectorkit.itests.support;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens in other threads and processes: looks often, and says what it waited for when the time is up. */
public final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long INTERVAL_NANOS = 10_000_000;

  private Await() {}

  /** Waits until the condition holds. */
  public static void until(String what, BooleanSupplier condition) {
    value(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Waits until there is a value; a look that throws counts as one without. */
  public static <T> T value(String what, Supplier<Optional<T>> look) {
    return value(() -> what, look);
  }

  /** The same, with a text that is made when the time is up, of what is known then. */
  public static <T> T value(Supplier<String> what, Supplier<Optional<T>> look) {
    return value(what, PATIENCE, look);
  }

  /** The same, with a time of its own. */
  public static <T> T value(String what, Duration patience, Supplier<Optional<T>> look) {
    return value(() -> what, patience, look);
  }

  private static <T> T value(Supplier<String> what, Duration patience, Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + patience.toNanos();
    RuntimeException last = null;
    while (System.nanoTime() < deadline) {
      try {
        Optional<T> found = look.get();
        if (found.isPresent()) {
          return found.get();
        }
        last = null;
      } catch (RuntimeException e) {
        last = e;
      }
      LockSupport.parkNanos(INTERVAL_NANOS);
    }
    throw new AssertionError("waited " + patience.toSeconds() + " s in vain: " + what.get(), last);
  }
}
