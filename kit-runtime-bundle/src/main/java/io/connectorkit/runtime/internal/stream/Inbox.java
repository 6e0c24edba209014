package io.connectorkit.runtime.internal.stream;

import io.connectorkit.api.Event;
import io.connectorkit.runtime.internal.store.Trail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What came for one instance and is not dealt with yet: each event once, on disk. Safe from any thread. */
final class Inbox implements AutoCloseable {

  /** Digests, two for each event. */
  private static final int REMEMBERED = 400_000;

  private final EventLog log;
  private final EventIds ids;
  private final Quarantine quarantine;
  private final long maxBytes;
  /** Events on their way to the disk: who sends one of them again waits for the same end. */
  private final Map<String, CompletableFuture<Boolean>> coming = new ConcurrentHashMap<>();
  private final Object arrival = new Object();
  private volatile long done;

  /**
   * Opens it.
   *
   * @param done sequence of the last event whose changes are published
   * @param maxBytes above which no more is taken
   */
  Inbox(Path folder, long done, long maxBytes, Trail trail) throws IOException {
    this.ids = new EventIds(folder, REMEMBERED);
    this.log = new EventLog(folder, trail, ids::add);
    this.quarantine = new Quarantine(folder.resolve("quarantine"), trail);
    this.maxBytes = maxBytes;
    this.done = done;
    log.beginBehind(done);
  }

  /** Whether no more is taken. */
  boolean full() {
    return waiting() > 0 && log.bytes() > maxBytes;
  }

  /**
   * Takes an event; on disk when it returns.
   *
   * @return false if it came before
   */
  boolean take(Event event) throws IOException {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> other = coming.putIfAbsent(event.id(), mine);
    if (other != null) {
      if (!other.join()) {
        throw new IOException("the same event could not be stored a moment ago");
      }
      return false;
    }
    boolean stored = false;
    try {
      if (ids.contains(event)) {
        stored = true;
        return false;
      }
      append(event);
      stored = true;
      return true;
    } finally {
      mine.complete(stored);
      coming.remove(event.id());
    }
  }

  private void append(Event event) throws IOException {
    log.append(event);
    synchronized (arrival) {
      arrival.notifyAll();
    }
  }

  /** Waits until there is an event behind that sequence. */
  void await(long sequence) throws InterruptedException {
    synchronized (arrival) {
      while (log.last() <= sequence) {
        arrival.wait();
      }
    }
  }

  /** Reads on behind what is done. For one thread. */
  EventReader reader() {
    return log.readAfter(done);
  }

  /** How many events are not dealt with. */
  long waiting() {
    return Math.max(0, log.last() - done);
  }

  /** Sequence of the last event. */
  long last() {
    return log.last();
  }

  /** Says that nothing follows from those up to that one; after a restart they may come again. */
  void passedOver(long sequence) {
    done = sequence;
  }

  /** Says that those up to that one are published, or set aside, and that this is committed. */
  void done(long sequence) throws IOException {
    done = sequence;
    log.retire(sequence, ids::keep);
  }

  Quarantine quarantine() {
    return quarantine;
  }

  /** Has events that were set aside come again, behind all others. */
  int replay(List<Quarantine.Entry> entries) throws IOException {
    for (Quarantine.Entry entry : entries) {
      append(entry.event().event());
      quarantine.remove(entry.event().sequence());
    }
    return entries.size();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
