package io.connectorkit.deployer.internal.gate;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The libraries that there may be once in a process. A second copy of Arrow or DuckDB brings its own native library, and two of them crash
 * the JVM (L14); a second copy of the API never meets the host's. Other Arrow modules, such as its JDBC adapter, use the host's Arrow.
 */
final class HostLibraries {

  private static final List<String> PACKAGES = List.of("org.apache.arrow.c", "org.apache.arrow.flatbuf", "org.apache.arrow.memory",
      "org.apache.arrow.util", "org.apache.arrow.vector", "org.duckdb", HostVersions.API);
  private static final List<String> FOLDERS = PACKAGES.stream().map(name -> name.replace('.', '/') + "/").toList();
  private static final List<String> NATIVE = List.of("libduckdb_java", "arrow_cdata_jni");

  private HostLibraries() {}

  static boolean isPackage(String name) {
    return PACKAGES.stream().anyMatch(root -> name.equals(root) || name.startsWith(root + "."));
  }

  /** An entry that is a copy of one of them, if there is any. */
  static Optional<String> copy(Set<String> names, List<String> roots) {
    return names.stream().filter(name -> isCopy(name, roots)).min(String::compareTo);
  }

  private static boolean isCopy(String name, List<String> roots) {
    if (!name.endsWith("/") && NATIVE.stream().anyMatch(name.substring(name.lastIndexOf('/') + 1)::contains)) {
      return true;
    }
    if (!name.endsWith(".class")) {
      return false;
    }
    return roots.stream().filter(name::startsWith).map(root -> ClassVersions.base(name.substring(root.length())))
        .anyMatch(path -> FOLDERS.stream().anyMatch(path::startsWith));
  }
}
