package io.connectorkit.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The threads of this process. */
final class Threads {

  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Those that the platform keeps for everybody, and ours. */
  private static final String COMMON = "ForkJoinPool\\.commonPool-.*|Common-Cleaner|Cleaner-\\d+|process reaper.*|Attach Listener|Signal Dispatcher"
      + "|Finalizer|Reference Handler|Notification Thread|JNA .*|Keep-Alive-.*|kit-.*|junit-.*|surefire-.*|ForkJoinPool-\\d+-(delay|worker).*|DestroyJavaVM"
      // The HTTP client of the context can be closed from Java 21 on; before that its thread ends some time after it was collected.
      + (Runtime.version().feature() < 21 ? "|HttpClient-\\d+-SelectorManager" : "");

  private Threads() {}

  static Set<Thread> live() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  /** Those that are there now, were not before, and do not end in a moment. */
  static List<Thread> leftSince(Set<Thread> before) throws InterruptedException {
    long deadline = System.nanoTime() + GRACE_NANOS;
    List<Thread> left = live().stream().filter(thread -> !before.contains(thread) && !thread.getName().matches(COMMON)).toList();
    for (Thread thread : left) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
    }
    return left.stream().filter(Thread::isAlive).toList();
  }
}
