package io.connectorkit.deployer.internal.watch;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one folder for one thread. The system's notices only wake it up; what counts is what a look finds, so a lost notice costs time
 * and nothing else. A folder that cannot be read is not an empty one: nothing has gone until a look says so.
 */
public final class FolderWatch implements AutoCloseable {

  /** Hears of files, on the watching thread. */
  public interface Handler {

    /**
     * A file is new or has changed. Of several, all are told before any that has gone, so that a renamed file is never away.
     *
     * @param patient whether it may be half copied yet, and another look at the same file is due if it cannot be used
     * @return false to be asked again about it when it has lain still for longer
     */
    boolean changed(Path file, boolean patient);

    /** A file has gone. */
    void removed(String name);
  }

  static final long RESCAN_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  /** Looks in a row without a find, by which the rescans become half as frequent, and how often that happens: up to 32 s. */
  private static final int STEP = 10;
  private static final int STEPS = 4;
  /** After a change that no notice told of, so many rescans pass before notices are relied on again. */
  private static final int DISTRUST = -300;
  /** A rescan may take that part of the time, and one that is due to notices that. */
  private static final int IDLE_SHARE = 200;
  private static final int BUSY_SHARE = 2;
  private static final long SETTLE_NANOS = 2 * SeenFile.PATIENCE_NANOS;
  private static final long NEVER = Long.MAX_VALUE;
  /** A file that lay here for so long before the host came is not being copied. */
  private static final long OLD_MILLIS = 60_000;

  private final Handler handler;
  private final long quiet;
  private final Listing listing;
  private final Notices notices;
  private final Map<String, SeenFile> seen = new HashMap<>();
  private String store = "";
  private boolean starting;
  private boolean found;
  private long cost;
  private int idleRescans;
  private volatile String trouble = "";
  private volatile String polled = "";

  /**
   * A watch that has not begun.
   *
   * @param quiet how long a file must lie still before it is told of; zero where the handler sees for itself whether it is whole
   */
  public FolderWatch(Path folder, Handler handler, Duration quiet) {
    this(handler, quiet, new Listing(folder), new Notices(folder, () -> folder.getFileSystem().newWatchService(), Duration.ofMinutes(1)));
  }

  FolderWatch(Handler handler, Duration quiet, Listing listing, Notices notices) {
    this.handler = handler;
    this.quiet = quiet.toNanos();
    this.listing = listing;
    this.notices = notices;
  }

  /** How the folder is being watched, in words, from any thread. */
  public String status() {
    if (!trouble.isEmpty()) {
      return trouble;
    }
    return polled.isEmpty() ? "watched" : "polled every " + TimeUnit.NANOSECONDS.toSeconds(RESCAN_NANOS) + " s because " + polled;
  }

  /** Looks until nothing is on the move any more, for some seconds at most. */
  void settle() throws InterruptedException {
    long end = System.nanoTime() + SETTLE_NANOS;
    starting = true;
    for (long due = look(); due != NEVER && System.nanoTime() < end; due = look()) {
      Notices.pause(Math.max(due, SeenFile.RETRY_NANOS));
    }
    starting = false;
  }

  /** Watches until the thread is interrupted. */
  void run() throws InterruptedException {
    boolean told = true;
    while (!Thread.currentThread().isInterrupted()) {
      long due = look();
      if (!told && isToldLate()) {
        told = true;
        continue;
      }
      // What happens while one look is being digested is seen by the next one, and not by one each.
      Notices.pause(Math.max(cost * BUSY_SHARE, due == NEVER ? 0 : SeenFile.RETRY_NANOS / 4));
      long rescan = rescan();
      told = notices.await(Math.min(due, rescan)) || due < rescan;
    }
  }

  private long rescan() {
    if (!trouble.isEmpty() || !notices.problem().isEmpty()) {
      return RESCAN_NANOS;
    }
    int step = Math.min(Math.max(idleRescans, 0) / STEP, STEPS);
    return Math.max(cost * IDLE_SHARE, RESCAN_NANOS << step);
  }

  /** After a look that no notice asked for: whether one comes now. If something was found and none comes, they are not relied on. */
  private boolean isToldLate() throws InterruptedException {
    if (!found) {
      idleRescans++;
      return false;
    }
    boolean late = notices.await(SeenFile.RETRY_NANOS);
    idleRescans = late ? idleRescans : DISTRUST;
    return late;
  }

  /** One look. Returns after how long the next one is due. */
  private long look() {
    long time = System.nanoTime();
    found = false;
    Listing.Snapshot now;
    try {
      now = listing.read();
      requireSameStore(now);
    } catch (IOException e) {
      outOfReach(e);
      return NEVER;
    }
    cost = System.nanoTime() - time;
    if (!trouble.isEmpty()) {
      LOG.info("{} can be read again", listing.folder());
      trouble = "";
    }
    long due = notices.register(now) ? 0 : NEVER;
    boolean moving = false;
    polled = notices.problem();
    for (var entry : now.files().entrySet()) {
      long next = changed(entry.getKey(), entry.getValue(), time);
      moving |= next != NEVER;
      due = Math.min(due, next);
    }
    return Math.min(due, removed(now, time, moving));
  }

  /** An unmounted file system leaves an empty folder behind, as deleting all files does. */
  private void requireSameStore(Listing.Snapshot now) throws IOException {
    if (now.files().isEmpty() && !seen.isEmpty() && !now.store().equals(store)) {
      throw new IOException("it is empty and on " + now.store() + ", no more on " + store + ", as if that had been unmounted");
    }
    store = now.store();
  }

  private void outOfReach(IOException e) {
    String reason = e instanceof NoSuchFileException ? "it does not exist" : e.getClass().getSimpleName() + ": " + e.getMessage();
    String text = "out of reach: " + reason;
    if (text.equals(trouble)) {
      return;
    }
    trouble = text;
    if (store.isEmpty() && e instanceof NoSuchFileException) {
      LOG.info("{} does not exist yet", listing.folder());
      return;
    }
    LOG.warn("KIT-1020 {} cannot be read: {}; what came from it stays as it is until the folder is there again; put it back, or restart the"
        + " host if it is to be empty", listing.folder(), reason);
  }

  private long changed(String name, Listing.Stamp stamp, long time) {
    SeenFile file = seen.computeIfAbsent(name, ignored -> new SeenFile(quiet));
    file.seen(stamp, time);
    if (file.isTaken()) {
      return NEVER;
    }
    found = true;
    long due = file.due(System.nanoTime());
    if (due > 0) {
      return due;
    }
    boolean old = starting && System.currentTimeMillis() - stamp.modified().toMillis() > OLD_MILLIS;
    boolean use = ask(name, !old && file.isFresh(System.nanoTime()));
    long asked = System.nanoTime();
    file.asked(use, asked);
    return use ? NEVER : Math.max(file.due(asked), 0);
  }

  private boolean ask(String name, boolean patient) {
    try {
      return handler.changed(listing.folder().resolve(name), patient);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("KIT-9003 {} was not dealt with; touch the file to have it tried again", name, e);
      return true;
    }
  }

  /**
   * A file that is away in one look may only have been renamed in the middle of it, and its new name be seen in the next. While others are
   * on the move it may be one of them, for as long as one waits for a copy.
   */
  private long removed(Listing.Snapshot now, long time, boolean moving) {
    long due = NEVER;
    for (String name : seen.keySet().stream().filter(name -> !now.files().containsKey(name)).toList()) {
      found = true;
      long wait = (moving ? SeenFile.PATIENCE_NANOS : SeenFile.RETRY_NANOS) - seen.get(name).missing(time);
      if (wait > 0) {
        due = Math.min(due, wait);
      } else {
        seen.remove(name);
        drop(name);
      }
    }
    return due;
  }

  private void drop(String name) {
    try {
      handler.removed(name);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("KIT-9003 that {} has gone was not dealt with; restart the host", name, e);
    }
  }

  @Override
  public void close() {
    notices.close();
  }
}
