package io.connectorkit.runtime.internal.isolation;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;

/** Takes what a connector has put into thread locals out of threads that go on. */
final class ThreadLocalValues {

  private ThreadLocalValues() {}

  /** Removes the entries whose variable or value is the connector's; tells of what type, and where. */
  static List<String> remove(ConnectorLoader loader) {
    return ConnectorThread.live().flatMap(thread -> remove(thread, loader)).toList();
  }

  private static Stream<String> remove(Thread thread, ConnectorLoader loader) {
    return Stream.of("threadLocals", "inheritableThreadLocals").map(map -> Inside.of(Inside.of(Thread.class, map, thread), "table"))
        .filter(Object[].class::isInstance).flatMap(table -> Stream.of((Object[]) table))
        .filter(Reference.class::isInstance).map(entry -> (Reference<?>) entry)
        .flatMap(entry -> remove(entry, thread, loader));
  }

  /**
   * An entry whose variable is cleared is what the garbage collector would make of it, at any moment; so its thread need not be asked, and
   * starts anew with the variable should it come back to it.
   */
  private static Stream<String> remove(Reference<?> entry, Thread thread, ConnectorLoader loader) {
    Object variable = entry.get();
    Object value = Inside.of(entry, "value");
    if (variable == null || !loader.made(variable) && !loader.made(value)) {
      return Stream.empty();
    }
    entry.clear();
    try {
      Field field = Inside.open(entry.getClass(), "value");
      field.set(entry, null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    Object told = value == null ? variable : value;
    return Stream.of("thread local of type " + told.getClass().getName() + " in thread '" + thread.getName() + "' (removed)");
  }
}
