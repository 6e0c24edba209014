package io.connectorkit.http;

import java.time.Duration;

/** When the requests of one instance may go: all of its calls keep to one rate and one pause. Safe from any thread. */
public final class Pace implements AutoCloseable {

  private long next = System.nanoTime();
  private long pausedUntil = next;

  /** Free to go. */
  public Pace() {}

  /** Takes the next turn; the nanoseconds until then, 0 if it is now. */
  synchronized long take(Duration interval) {
    long now = System.nanoTime();
    long turn = next - now > 0 ? next : now;
    next = turn + interval.toNanos();
    return turn - now;
  }

  /** How long the source still wants to be left alone, in nanoseconds. */
  synchronized long paused() {
    return Math.max(0, pausedUntil - System.nanoTime());
  }

  /** Leaves the source alone for a time from now on. */
  synchronized void pause(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    if (until - pausedUntil > 0) {
      pausedUntil = until;
    }
  }

  /** Nothing to close: what is shared by the calls of an instance must be closeable. */
  @Override
  public void close() {}
}
