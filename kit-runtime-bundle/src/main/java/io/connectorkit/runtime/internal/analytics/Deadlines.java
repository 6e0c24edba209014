package io.connectorkit.runtime.internal.analytics;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends queries whose time has run out. */
final class Deadlines implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
    Thread named = new Thread(work, "kit-query-deadline");
    named.setDaemon(true);
    return named;
  });

  /** That of one query; closed when the query is done. */
  static final class Deadline implements AutoCloseable {

    private final AtomicBoolean passed;
    private final ScheduledFuture<?> end;

    private Deadline(AtomicBoolean passed, ScheduledFuture<?> end) {
      this.passed = passed;
      this.end = end;
    }

    boolean passed() {
      return passed.get();
    }

    @Override
    public void close() {
      if (end != null) {
        end.cancel(false);
      }
    }
  }

  /** The deadline of a statement; there is none if the time is null. */
  Deadline of(Statement statement, Duration time) {
    AtomicBoolean passed = new AtomicBoolean();
    return new Deadline(passed, time == null ? null : thread.schedule(() -> end(statement, passed), time.toMillis(), TimeUnit.MILLISECONDS));
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
  }
}
