package io.connectorkit.deployer.internal.gate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects what is in a jar and in the jars inside it. */
final class Inventory {

  private final Set<String> packages = new TreeSet<>();
  private final Map<String, JarContents> libraries = new TreeMap<>();
  private final long ownBytes;

  Inventory(JarContents contents) {
    ownBytes = contents.unpacked();
    add(contents);
  }

  void library(String name, JarContents contents) {
    libraries.put(name, contents);
    add(contents);
  }

  private void add(JarContents contents) {
    for (String path : contents.classes().keySet()) {
      String name = ClassVersions.base(path);
      if (name.indexOf('/') > 0) {
        packages.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.'));
      }
    }
  }

  /** With what the manifest says; it provides one connector, or the declaration would have been refused. */
  CheckedJar.Inside with(BundleManifest manifest, List<String> needs) {
    Map<String, Object> connector = manifest.connectors().get(0);
    List<String> capabilities = connector.get("capabilities") instanceof List<?> list ? list.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(connector.get("capabilities")).strip().split("\\s*,\\s*"));
    long bytes = ownBytes + libraries.values().stream().mapToLong(JarContents::unpacked).sum();
    return new CheckedJar.Inside(String.valueOf(connector.getOrDefault("version", manifest.version())), capabilities, needs,
        List.copyOf(packages), List.copyOf(libraries.keySet()), bytes);
  }
}
