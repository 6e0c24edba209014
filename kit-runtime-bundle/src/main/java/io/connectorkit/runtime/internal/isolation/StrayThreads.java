package io.connectorkit.runtime.internal.isolation;

import io.connectorkit.runtime.internal.isolation.ConnectorThread.Kind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Ends the threads that go on after their connector was stopped. */
final class StrayThreads {

  /** For threads that are ending already: a connector need not wait for its own. */
  private static final long GRACE_MILLIS = 200;
  private static final long PATIENCE_MILLIS = 2000;

  private StrayThreads() {}

  /** Tells what became of each. */
  static List<String> end(ConnectorLoader loader) throws InterruptedException {
    List<ConnectorThread> threads = ConnectorThread.of(loader);
    join(threads, GRACE_MILLIS);
    List<ConnectorThread> strays = threads.stream().filter(each -> each.thread().isAlive()).toList();
    List<String> done = strays.stream().map(StrayThreads::close).toList();
    join(strays, PATIENCE_MILLIS);
    return Stream.iterate(0, i -> i < strays.size(), i -> i + 1)
        .map(i -> "thread '" + strays.get(i).thread().getName() + "' (" + done.get(i) + outcome(strays.get(i)) + ")").toList();
  }

  private static void join(List<ConnectorThread> threads, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (ConnectorThread each : threads) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (each.kind() != Kind.PLATFORM && left > 0) {
        each.thread().join(left);
      }
    }
  }

  private static String close(ConnectorThread each) {
    if (each.kind() == Kind.PLATFORM) {
      return ContextLoader.takeFrom(each.thread());
    }
    String done = "interrupted";
    if (TimerTasks.cancel(each.thread())) {
      done = "timer cancelled";
    } else if (each.kind() == Kind.OWN && each.pool() != null && ConnectorLoader.platform(each.pool().getClass())) {
      // An interrupt alone ends no worker.
      each.pool().shutdownNow();
      done = "executor shut down";
    }
    each.thread().interrupt();
    return done;
  }

  private static String outcome(ConnectorThread each) {
    if (each.kind() == Kind.PLATFORM) {
      return "";
    }
    StackTraceElement[] stack = each.thread().getStackTrace();
    if (stack.length == 0 || !each.thread().isAlive()) {
      return ", ended";
    }
    // Where it waits or spins is said best by the code that is not the platform's.
    StackTraceElement frame = Stream.of(stack).filter(call -> !call.getClassName().matches("(java|javax|jdk|sun)\\..*")).findFirst().orElse(stack[0]);
    return ", still running at " + frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber()
        + ": restart the host to be rid of it";
  }
}
