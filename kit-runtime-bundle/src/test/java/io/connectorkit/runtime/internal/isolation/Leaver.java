package io.connectorkit.runtime.internal.isolation;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** What a connector leaves behind, one by one; each tells the thread that it is about. */
final class Leaver {

  private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();

  private Leaver() {}

  static Supplier<Thread> thread() {
    Thread thread = new Thread(Leaver::untilInterrupted, "leaver");
    thread.start();
    return () -> thread;
  }

  static Supplier<Thread> timer() {
    Thread[] thread = new Thread[1];
    new Timer("leaver-timer").schedule(new TimerTask() {
      @Override
      public void run() {
        thread[0] = Thread.currentThread();
      }
    }, 0, 1);
    return () -> thread[0];
  }

  /** Idle, with a task for tomorrow. */
  static Supplier<Thread> pool() {
    Thread[] thread = new Thread[1];
    Executors.newScheduledThreadPool(1).scheduleAtFixedRate(() -> thread[0] = Thread.currentThread(), 0, 1, TimeUnit.DAYS);
    return () -> thread[0];
  }

  static Supplier<Thread> local() {
    LOCAL.set(new Object[] {new Leaver()});
    LOCAL.set(new Leaver());
    return Thread::currentThread;
  }

  private static void untilInterrupted() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
  }
}
