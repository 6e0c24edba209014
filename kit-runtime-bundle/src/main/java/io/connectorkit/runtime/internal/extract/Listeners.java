package io.connectorkit.runtime.internal.extract;

import io.connectorkit.host.RunListener;
import io.connectorkit.host.TableOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener how things go: not too often, and without letting its failures through. */
public final class Listeners {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final long INTERVAL_NANOS = 250_000_000L;

  private final RunListener listener;
  private final Map<String, Mark> last = new ConcurrentHashMap<>();
  private final Map<String, Mark> lastWork = new ConcurrentHashMap<>();

  /** How far a table was, and when. */
  private record Mark(long nanos, long rows) {}

  public Listeners(RunListener listener) {
    this.listener = listener;
  }

  public void started(String run, List<String> tables) {
    tell(() -> listener.started(run, tables));
  }

  void progress(String table, long rows, Path file) {
    progress(table, rows, () -> file.toFile().length());
  }

  public void progress(String table, long rows, LongSupplier bytes) {
    Mark now = new Mark(System.nanoTime(), rows);
    Mark before = last.putIfAbsent(table, now);
    if (before != null && now.nanos() - before.nanos() > INTERVAL_NANOS) {
      last.put(table, now);
      double rate = Math.max(0, rows - before.rows()) * 1e9 / (now.nanos() - before.nanos());
      tell(() -> listener.progress(table, rows, bytes.getAsLong(), rate));
    }
  }

  /** The same in units of the connector's own. */
  void work(String table, long done, long expected) {
    Mark now = new Mark(System.nanoTime(), done);
    Mark before = lastWork.put(table, now);
    if (before == null || now.nanos() - before.nanos() > INTERVAL_NANOS || done == expected) {
      tell(() -> listener.work(table, done, expected));
    } else {
      lastWork.put(table, before);
    }
  }

  void table(TableOutcome outcome) {
    tell(() -> listener.table(outcome));
  }

  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("KIT-3011 a listener of the run failed: {}", e.toString());
    }
  }
}
