package io.connectorkit.runtime.internal.analytics;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends queries whose time has run out, and all of them when the host stops. */
final class Deadlines implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
    Thread named = new Thread(work, "kit-query-deadline");
    named.setDaemon(true);
    return named;
  });

  private final Set<Statement> running = ConcurrentHashMap.newKeySet();

  /** That of one query; closed when the query is done. */
  static final class Deadline implements AutoCloseable {

    private final AtomicBoolean passed;
    private final ScheduledFuture<?> end;
    private final Runnable done;

    private Deadline(AtomicBoolean passed, ScheduledFuture<?> end, Runnable done) {
      this.passed = passed;
      this.end = end;
      this.done = done;
    }

    boolean passed() {
      return passed.get();
    }

    @Override
    public void close() {
      if (end != null) {
        end.cancel(false);
      }
      done.run();
    }
  }

  /** The deadline of a statement; there is none if the time is null. */
  Deadline of(Statement statement, Duration time) {
    AtomicBoolean passed = new AtomicBoolean();
    running.add(statement);
    return new Deadline(passed, time == null ? null : thread.schedule(() -> end(statement, passed), time.toMillis(), TimeUnit.MILLISECONDS),
        () -> running.remove(statement));
  }

  private static void end(Statement statement, AtomicBoolean passed) {
    passed.set(true);
    try {
      statement.cancel();
    } catch (SQLException e) {
      LOG.debug("the query has ended by itself", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    running.forEach(statement -> end(statement, new AtomicBoolean()));
  }
}
