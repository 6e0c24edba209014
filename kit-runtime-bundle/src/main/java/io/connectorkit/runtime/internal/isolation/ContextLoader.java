package io.connectorkit.runtime.internal.isolation;

import java.lang.reflect.Field;

/** Takes the connector out of threads of the platform's that serve everybody and were started while it was being called. */
final class ContextLoader {

  private ContextLoader() {}

  static String takeFrom(Thread thread) {
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      // Until Java 23: the rights that its maker had, which nobody asks for any more, and with them the maker's class loader.
      Field rights = Inside.open(Thread.class, "inheritedAccessControlContext");
      if (rights != null) {
        rights.set(thread, null);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    return "goes on for others, without the connector's class loader";
  }
}
