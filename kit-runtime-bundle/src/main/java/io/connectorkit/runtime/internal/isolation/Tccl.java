package io.connectorkit.runtime.internal.isolation;

import java.util.concurrent.Callable;

/**
 * Calls into a connector with its own class loader as the context class loader: DuckDB's native threads come with none. What it throws can be
 * passed on and logged.
 */
public final class Tccl {

  private Tccl() {}

  /** Calls. */
  public static <T> T call(ClassLoader loader, Callable<T> call) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return call.call();
    } catch (Throwable e) {
      Sayable.require(e);
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
