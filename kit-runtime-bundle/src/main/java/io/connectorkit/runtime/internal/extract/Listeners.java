package io.connectorkit.runtime.internal.extract;

import io.connectorkit.host.RunListener;
import io.connectorkit.host.TableOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener how things go: not too often, and without letting its failures through. */
final class Listeners {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final long INTERVAL_NANOS = 250_000_000L;

  private final RunListener listener;
  private final Map<String, Long> last = new ConcurrentHashMap<>();

  Listeners(RunListener listener) {
    this.listener = listener;
  }

  void started(String run, List<String> tables) {
    tell(() -> listener.started(run, tables));
  }

  void progress(String table, long rows, Path file) {
    long now = System.nanoTime();
    Long before = last.putIfAbsent(table, now);
    if (before != null && now - before > INTERVAL_NANOS) {
      last.put(table, now);
      tell(() -> listener.progress(table, rows, file.toFile().length()));
    }
  }

  void table(TableOutcome outcome) {
    tell(() -> listener.table(outcome));
  }

  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.warn("KIT-3011 a listener of the run failed: {}", e.toString());
    }
  }
}
