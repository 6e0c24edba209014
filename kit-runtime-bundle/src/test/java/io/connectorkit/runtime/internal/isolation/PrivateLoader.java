package io.connectorkit.runtime.internal.isolation;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiFunction;

/** Loads one class and its nested ones once more, as the class loader of a bundle would. */
final class PrivateLoader extends ClassLoader {

  private final Class<?> type;
  private final BiFunction<String, byte[], byte[]> weaver;

  PrivateLoader(Class<?> type, BiFunction<String, byte[], byte[]> weaver) {
    super(PrivateLoader.class.getClassLoader());
    this.type = type;
    this.weaver = weaver;
  }

  static byte[] code(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
      return in.readAllBytes();
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null || !name.startsWith(type.getName())) {
        return known == null ? super.loadClass(name, resolve) : known;
      }
      try {
        byte[] code = weaver.apply(name, code(Class.forName(name, false, getParent())));
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
