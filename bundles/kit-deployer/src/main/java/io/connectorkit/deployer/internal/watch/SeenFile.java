package io.connectorkit.deployer.internal.watch;

import java.util.concurrent.TimeUnit;

/** What is known of a file, and when it is to be asked about. All times are those of {@link System#nanoTime}. */
final class SeenFile {

  /** How long a file that was no use must lie still before the next try; doubles with each. */
  static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A file that changes so soon after it was taken is being replaced over and over, and counts once that stops for so long. */
  private static final long RESTLESS_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CALM_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final long quiet;
  private Listing.Stamp stamp;
  private long changedAt;
  private long askedAt;
  private int inVain;
  private boolean taken;
  private boolean restless;
  private boolean isGone;
  private long goneAt;

  SeenFile(long quiet) {
    this.quiet = quiet;
  }

  /** It was there in a look. */
  void seen(Listing.Stamp now, long time) {
    isGone = false;
    if (!now.equals(stamp)) {
      restless = stamp != null && (restless && !taken || taken && time - askedAt < RESTLESS_NANOS);
      stamp = now;
      changedAt = time;
      taken = false;
    }
  }

  /** It was not there in a look. Returns how long ago that was first so. */
  long missing(long time) {
    if (!isGone) {
      isGone = true;
      goneAt = time;
    }
    return time - goneAt;
  }

  boolean isTaken() {
    return taken;
  }

  /** How long to wait before it is asked about; 0 or less: now. */
  long due(long time) {
    if (inVain == 0) {
      return changedAt + (restless ? Math.max(CALM_NANOS, quiet) : quiet) - time;
    }
    long end = changedAt + PATIENCE_NANOS;
    long next = Math.max(askedAt, changedAt) + (RETRY_NANOS << Math.min(inVain - 1, 5));
    return (askedAt - end < 0 && next - end > 0 ? end : next) - time;
  }

  /** Whether it has lain still for so short a time that the rest of it may be on its way. */
  boolean isFresh(long time) {
    return time - changedAt < PATIENCE_NANOS;
  }

  void asked(boolean use, long time) {
    taken = use;
    askedAt = time;
    inVain = use ? 0 : inVain + 1;
  }
}
