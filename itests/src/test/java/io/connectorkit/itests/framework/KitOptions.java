package io.connectorkit.itests.framework;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.ops4j.pax.exam.Option;
import org.slf4j.Logger;

/** The framework as the launcher starts it: the bundles of the unpacked product, its settings, and a home of the test's own. */
final class KitOptions {

  private static final String PACKAGES = "org.osgi.framework.system.packages.extra";
  private static final List<String> FIRST =
      List.of("org.osgi.", "org.apache.felix.configadmin", "org.apache.felix.fileinstall", "org.apache.felix.scr");

  private KitOptions() {}

  /** The folder of a test class's configuration. */
  static Path etc(Class<?> test) {
    return home(test).resolve("etc");
  }

  private static Path home(Class<?> test) {
    return Folders.target().resolve("paxexam").resolve(test.getSimpleName());
  }

  /** A gateway for one test class. */
  static Option host(Class<?> test) {
    Path home = Folders.fresh(home(test));
    Map<String, String> properties = properties(home);
    List<Option> options = new ArrayList<>();
    properties.remove(PACKAGES);
    exported().forEach(clause -> options.add(systemPackage(clause)));
    properties.forEach((key, value) -> options.add(frameworkProperty(key).value(value)));
    bundles().forEach(jar -> options.add(isFragment(jar) ? bundle(jar.toUri().toString()).noStart() : bundle(jar.toUri().toString())));
    options.add(systemProperty("pax.exam.osgi.unresolved.fail").value("true"));
    options.add(systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN"));
    options.add(workingDirectory(home.resolve("exam").toString()));
    options.add(cleanCaches());
    options.add(junitBundles());
    return composite(options.toArray(Option[]::new));
  }

  /** What the launcher exports from its own class path. */
  private static List<String> exported() {
    String slf4j = ";version=" + Logger.class.getPackage().getImplementationVersion();
    return List.of("org.slf4j" + slf4j, "org.slf4j.helpers" + slf4j, "org.slf4j.spi" + slf4j, "org.slf4j.event" + slf4j,
        "org.osgi.service.log;version=1.5.0", "sun.misc", "sun.nio.ch");
  }

  private static Map<String, String> properties(Path home) {
    Map<String, String> known = new TreeMap<>();
    known.put("kit.home", Folders.product().toString());
    for (String folder : List.of("etc", "deploy", "data", "extracts")) {
      known.put("kit." + folder, Folders.fresh(home.resolve(folder)).toString());
    }
    known.put("kit.mode", "gateway");
    known.put("kit.endpoint.file", home.resolve("data/gateway.json").toString());
    known.put("felix.fileinstall.dir", home.resolve("etc").toString());
    known.put("felix.fileinstall.tmpdir", home.resolve("data/fileinstall").toString());
    Properties operators = new Properties();
    try {
      operators.load(new StringReader(Folders.read(Folders.product().resolve("etc/config.properties"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> all = new TreeMap<>();
    operators.forEach((key, value) -> all.put((String) key, resolve((String) value, known)));
    all.putAll(known);
    return all;
  }

  private static String resolve(String value, Map<String, String> known) {
    String resolved = value;
    for (var entry : known.entrySet()) {
      resolved = resolved.replace("${" + entry.getKey() + "}", entry.getValue());
    }
    return resolved;
  }

  /** In the launcher's order: who reads configuration starts after those who bring it. */
  private static List<Path> bundles() {
    List<Path> jars = new ArrayList<>(Folders.list(Folders.product().resolve("system")).stream()
        .filter(jar -> jar.toString().endsWith(".jar")).toList());
    jars.sort(Comparator.comparingInt(KitOptions::rank));
    return jars;
  }

  private static int rank(Path jar) {
    int rank = 0;
    while (rank < FIRST.size() && !jar.getFileName().toString().startsWith(FIRST.get(rank))) {
      rank++;
    }
    return rank;
  }

  private static boolean isFragment(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
