package io.connectorkit.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.slf4j.Logger;

/** Installs and starts the bundles of {@code system/}. One that does not start is logged; the host goes on without it. */
final class SystemBundles {

  /** File Install reads etc/*.cfg while it starts, so whoever starts later finds its configuration instead of its defaults. */
  private static final List<String> FIRST =
      List.of("org.osgi.", "org.apache.felix.configadmin", "org.apache.felix.fileinstall", "org.apache.felix.scr");

  private final BundleContext context;
  private final Logging logging;
  private final List<Bundle> bundles = new ArrayList<>();

  SystemBundles(BundleContext context, Logging logging) {
    this.context = context;
    this.logging = logging;
  }

  /** Installs what lies in the folder; the framework need not be started yet. */
  void install(Path folder) {
    for (Path jar : jars(folder)) {
      try {
        bundles.add(context.installBundle(reference(jar)));
      } catch (BundleException e) {
        log().error("KIT-7008 '{}' cannot be installed: {}", jar, reason(e));
      }
    }
    bundles.removeIf(SystemBundles::isFragment);
    bundles.sort(Comparator.comparingInt(SystemBundles::rank));
  }

  /** Starts what was installed. Returns how many of how many were started, as text for the log. */
  String start() {
    return bundles.stream().filter(this::start).count() + " of " + bundles.size() + " bundles";
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new HostException("KIT-7007 cannot list the bundles of the product in '" + folder + "': " + e, e);
    }
  }

  /** The framework decodes such a location like a form field, where a plus sign would become a space. */
  private static String reference(Path jar) {
    return "reference:" + jar.toUri().toString().replace("+", "%2B");
  }

  private boolean start(Bundle bundle) {
    try {
      bundle.start();
      return true;
    } catch (BundleException e) {
      log().error("KIT-7009 bundle {} {} does not start: {}", bundle.getSymbolicName(), bundle.getVersion(), reason(e));
      log().debug("The failure in full", e);
      return false;
    }
  }

  private static int rank(Bundle bundle) {
    for (int i = 0; i < FIRST.size(); i++) {
      if (bundle.getSymbolicName().startsWith(FIRST.get(i))) {
        return i;
      }
    }
    return FIRST.size();
  }

  private static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
  }

  private static String reason(BundleException failure) {
    Throwable cause = failure.getCause();
    String text = failure.getMessage() + (cause == null ? "" : ": " + cause);
    return text.replaceAll("\\s*\\R\\s*", " ");
  }

  private Logger log() {
    return logging.logger(SystemBundles.class.getName());
  }
}
