package io.connectorkit.runtime.internal.isolation;

/** Gives threads of the platform's that serve everybody a context class loader that stays. */
final class ContextLoader {

  private ContextLoader() {}

  static String takeFrom(Thread thread) {
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return "goes on for others, context class loader taken away";
  }
}
