package io.connectorkit.runtime.internal.extract;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads whose names say whose they are. */
public final class NamedThreads implements ThreadFactory {

  private final String name;
  private final AtomicInteger count = new AtomicInteger();

  public NamedThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(mainGroup(), work, name + "-" + count.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Not that of the caller, which may be Configuration Admin's: up to Java 18 that one goes with its last thread, and so does every group that a
   * library makes below it, such as H2's, which then starts no thread any more.
   */
  static ThreadGroup mainGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null && group.getParent().getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
