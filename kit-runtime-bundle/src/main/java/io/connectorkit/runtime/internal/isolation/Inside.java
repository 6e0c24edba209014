package io.connectorkit.runtime.internal.isolation;

import java.lang.reflect.Field;

/** Fields that the Java platform keeps to itself; there to be seen only in packages that the JVM was told to open, and that it has. */
final class Inside {

  private Inside() {}

  /** The value of a field; null if it cannot be seen. */
  static Object of(Object owner, String field) {
    return owner == null ? null : of(owner.getClass(), field, owner);
  }

  /** The value of a static field; null if it cannot be seen. */
  static Object of(String type, String field) {
    try {
      return of(Class.forName(type), field, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  static Object of(Class<?> type, String field, Object owner) {
    try {
      Field found = open(type, field);
      return found == null ? null : found.get(owner);
    } catch (IllegalAccessException e) {
      return null;
    }
  }

  /** The field, also an inherited one; null if it cannot be opened. */
  static Field open(Class<?> type, String field) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      try {
        Field found = each.getDeclaredField(field);
        return found.trySetAccessible() ? found : null;
      } catch (NoSuchFieldException e) {
        // Perhaps the class above has it.
        continue;
      }
    }
    return null;
  }
}
