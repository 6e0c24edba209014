package io.connectorkit.runtime.internal.isolation;

import java.lang.ref.Reference;

/** The class loader of a connector's bundle; tells what came out of it. */
record ConnectorLoader(ClassLoader loader) {

  /** Whether it is this one, or one that the connector has put below it. */
  boolean covers(ClassLoader other) {
    ClassLoader each = other;
    while (each != null && each != loader) {
      each = each.getParent();
    }
    return each != null;
  }

  /** Whether the object is of one of its classes, or leads to them at once. */
  boolean made(Object object) {
    if (object instanceof Reference<?> reference) {
      return made(reference.get());
    }
    if (object instanceof ClassLoader other) {
      return covers(other) || covers(other.getClass().getClassLoader());
    }
    Class<?> type = object instanceof Class<?> it ? it : object == null ? null : object.getClass();
    while (type != null && type.isArray()) {
      type = type.getComponentType();
    }
    return type != null && covers(type.getClassLoader());
  }

  /** Whether the class is one of the Java platform's. */
  static boolean platform(Class<?> type) {
    return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
  }
}
