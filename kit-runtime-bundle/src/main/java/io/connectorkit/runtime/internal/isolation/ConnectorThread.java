package io.connectorkit.runtime.internal.isolation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;

/**
 * A thread that runs, or would run, code of a connector.
 *
 * @param kind whose it is
 * @param pool that it works for; null if it is no worker, or if that cannot be seen
 */
public record ConnectorThread(Thread thread, Kind kind, ThreadPoolExecutor pool) {

  /** Whose a thread is. */
  public enum Kind {
    /** The connector has started it. */
    OWN,
    /** The host has, to call the connector. */
    HOST,
    /** The Java platform has, for everybody, and only took over the context class loader of whoever came first. */
    PLATFORM
  }

  /** Those of a connector among all that live. */
  static List<ConnectorThread> of(ConnectorLoader loader) {
    return live().flatMap(thread -> of(thread, loader).stream()).toList();
  }

  /** Those that a connector has started and that live. */
  public static List<Thread> own(ClassLoader loader) {
    return of(new ConnectorLoader(loader)).stream().filter(each -> each.kind() == Kind.OWN).map(ConnectorThread::thread).toList();
  }

  /** All threads that live, the system's ones excepted; without their stacks, for which all of them would have to be stopped. */
  static Stream<Thread> live() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() + 16];
    int count = root.enumerate(threads);
    while (count == threads.length) {
      threads = new Thread[2 * threads.length];
      count = root.enumerate(threads);
    }
    return Stream.of(threads).limit(count);
  }

  static Optional<ConnectorThread> of(Thread thread, ConnectorLoader loader) {
    Object task = task(thread);
    ThreadPoolExecutor pool = Inside.of(task, "this$0") instanceof ThreadPoolExecutor found ? found : null;
    if (loader.made(thread) || loader.made(task) || TimerTasks.of(thread).anyMatch(loader::made) || pool != null && works(pool, loader)) {
      return Optional.of(new ConnectorThread(thread, Kind.OWN, pool));
    }
    if (!loader.covers(thread.getContextClassLoader())) {
      return Optional.empty();
    }
    return Optional.of(new ConnectorThread(thread, kind(thread, task, pool), pool));
  }

  /** Until Java 18 the task stands in the thread itself. */
  private static Object task(Thread thread) {
    Object holder = Inside.of(Thread.class, "holder", thread);
    return holder == null ? Inside.of(Thread.class, "target", thread) : Inside.of(holder, "task");
  }

  private static boolean works(ThreadPoolExecutor pool, ConnectorLoader loader) {
    return loader.made(pool) || loader.made(pool.getThreadFactory()) || pool.getQueue().stream().anyMatch(task -> loader.made(task)
        || loader.made(Inside.of(task, "callable")) || loader.made(Inside.of(Inside.of(task, "callable"), "task")));
  }

  /** Of a thread of which only the context class loader is the connector's: it was started while the connector was being called. */
  private static Kind kind(Thread thread, Object task, ThreadPoolExecutor pool) {
    Class<?> maker = pool != null ? pool.getThreadFactory().getClass() : task != null ? task.getClass() : thread.getClass();
    if (!ConnectorLoader.platform(maker)) {
      return Kind.HOST;
    }
    // From Java 25 on the common pool also keeps the time for everybody, in a thread that does not tell its pool.
    boolean common = pool != null && maker != Executors.defaultThreadFactory().getClass() || thread.getName().startsWith("ForkJoinPool.commonPool-");
    return common ? Kind.PLATFORM : Kind.OWN;
  }
}
