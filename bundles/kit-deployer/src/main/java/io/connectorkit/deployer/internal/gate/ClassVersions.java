package io.connectorkit.deployer.internal.gate;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Java versions that classes were compiled for. */
final class ClassVersions {

  /** Java 1 is 45; from Java 5 on the difference is its version. */
  private static final int FIRST = 44;
  private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d{1,4})/(.*)");

  private ClassVersions() {}

  /** The path of an entry without the folder of its release. */
  static String base(String path) {
    Matcher versioned = VERSIONED.matcher(path);
    return versioned.matches() ? versioned.group(2) : path;
  }

  /** The newest class that this JVM would have to load and cannot, if there is any. */
  static Optional<Map.Entry<String, Integer>> tooNew(Map<String, Integer> classes, int java) {
    return classes.entrySet().stream().filter(entry -> entry.getValue() - FIRST > java && isLoaded(entry.getKey(), java))
        .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> Map.entry(entry.getKey(), entry.getValue() - FIRST));
  }

  private static boolean isLoaded(String path, int java) {
    Matcher versioned = VERSIONED.matcher(path);
    return !path.endsWith("module-info.class") && (!versioned.matches() || Integer.parseInt(versioned.group(1)) <= java);
  }
}
