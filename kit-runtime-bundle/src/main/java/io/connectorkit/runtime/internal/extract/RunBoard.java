package io.connectorkit.runtime.internal.extract;

import io.connectorkit.host.RunEvent;
import io.connectorkit.host.RunEvent.Kind;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunProgress;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import io.connectorkit.host.TableOutcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows how far each run has come, and tells who watches. */
final class RunBoard {

  private static final Logger LOG = LoggerFactory.getLogger(RunBoard.class);

  private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
  private final List<Consumer<RunEvent>> watchers = new CopyOnWriteArrayList<>();

  /** A run from its order to its end. Hears of it in place of its listener, and passes everything on. */
  final class Entry implements RunListener {

    private final RunOrder order;
    private final RunListener listener;
    private final CompletableFuture<RunRecord> result;
    private final Instant since = Instant.now();
    private final Map<String, RunProgress.Table> tables = new LinkedHashMap<>();
    private String run;
    private boolean running;

    private Entry(String run, RunOrder order, RunListener listener, CompletableFuture<RunRecord> result) {
      this.run = run;
      this.order = order;
      this.listener = listener;
      this.result = result;
    }

    synchronized String run() {
      return run;
    }

    /** It is to be executed anew, as another run. */
    void again(String other) {
      synchronized (this) {
        run = other;
        running = false;
        tables.clear();
      }
      tell(Kind.QUEUED, null, null);
    }

    private synchronized RunProgress progress() {
      return new RunProgress(run, order.instance(), order.trigger(), since, running, List.copyOf(tables.values()));
    }

    private void ended(RunRecord record) {
      entries.remove(this);
      tell(Kind.ENDED, null, record);
    }

    @Override
    public void started(String id, List<String> names) {
      synchronized (this) {
        running = true;
        names.forEach(name -> tables.put(name, new RunProgress.Table(name, "", 0, 0, 0, 0, 0, "")));
      }
      tell(Kind.STARTED, null, null);
      listener.started(id, names);
    }

    @Override
    public void progress(String table, long rows, long bytes, double rowsPerSecond) {
      change(table, last -> new RunProgress.Table(table, "", rows, bytes, rowsPerSecond, last.done(), last.expected(), ""));
      listener.progress(table, rows, bytes, rowsPerSecond);
    }

    @Override
    public void work(String table, long done, long expected) {
      change(table, last -> new RunProgress.Table(table, "", last.rows(), last.bytes(), last.rowsPerSecond(), done, expected, ""));
      listener.work(table, done, expected);
    }

    @Override
    public void table(TableOutcome outcome) {
      change(outcome.table(), last -> new RunProgress.Table(outcome.table(), outcome.outcome().name(), outcome.rows(), outcome.bytes(), 0, last.done(),
          last.expected(), outcome.error()));
      listener.table(outcome);
    }

    private void change(String table, UnaryOperator<RunProgress.Table> next) {
      RunProgress.Table now;
      synchronized (this) {
        now = next.apply(tables.getOrDefault(table, new RunProgress.Table(table, "", 0, 0, 0, 0, 0, "")));
        tables.put(table, now);
      }
      tell(Kind.TABLE, now, null);
    }

    private void tell(Kind kind, RunProgress.Table table, RunRecord record) {
      if (watchers.isEmpty()) {
        return;
      }
      RunEvent event = new RunEvent(kind, progress(), table, record);
      for (Consumer<RunEvent> watcher : watchers) {
        try {
          watcher.accept(event);
        } catch (RuntimeException e) {
          LOG.warn("KIT-3011 a watcher of the runs failed: {}", e.toString());
        }
      }
    }
  }

  /** A run was asked for; it is gone from here once its result is there. */
  Entry open(String run, RunOrder order, RunListener listener, CompletableFuture<RunRecord> result) {
    Entry entry = new Entry(run, order, listener, result);
    entries.add(entry);
    result.whenComplete((record, failure) -> entry.ended(record));
    entry.tell(Kind.QUEUED, null, null);
    return entry;
  }

  List<RunProgress> active() {
    return entries.stream().map(Entry::progress).sorted(Comparator.comparing(RunProgress::run)).toList();
  }

  boolean cancel(String run) {
    return entries.stream().filter(entry -> entry.run().equals(run)).findFirst().map(entry -> entry.result.cancel(true)).orElse(false);
  }

  Runs.Watch watch(Consumer<RunEvent> watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }
}
