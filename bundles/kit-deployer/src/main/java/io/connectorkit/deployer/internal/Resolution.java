package io.connectorkit.deployer.internal;

import io.connectorkit.deployer.internal.gate.Ranges;
import io.connectorkit.deployer.internal.gate.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.BundleException;

/** Says in plain words why a bundle does not start. */
final class Resolution {

  /** The last requirement in the resolver's chain is the one that nobody provides. */
  private static final Pattern MISSING = Pattern.compile(
      "missing requirement \\[[^\\]]*\\]?[^\\]]*\\] ([\\w.]+); (\\S.*?)(?:\\]|\\[caused by| Unresolved requirements|$)");

  private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([^)]+)\\)");

  private Resolution() {}

  static String reason(BundleException e) {
    if (e.getType() != BundleException.RESOLVE_ERROR) {
      return "KIT-1007 it does not start: " + oneLine(e.getCause() == null ? String.valueOf(e.getMessage()) : text(e.getCause()));
    }
    Matcher missing = MISSING.matcher(e.getMessage());
    String namespace = "";
    String filter = oneLine(e.getMessage());
    while (missing.find()) {
      namespace = missing.group(1);
      filter = missing.group(2);
    }
    Matcher exported = PACKAGE.matcher(filter);
    if (exported.find()) {
      return "KIT-1006 it needs package " + (exported.group(1) + " " + Ranges.words(filter)).strip() + ", which nothing here exports; put the library into the"
          + " bundle, or build it against a version that the host has";
    }
    if (namespace.equals("connectorkit.runtime")) {
      return "KIT-1006 it needs a host of another API version: " + Ranges.words(filter) + "; get a version of the connector for this host";
    }
    return "KIT-1006 it does not resolve: " + (namespace + " " + filter).strip();
  }

  /** An activator throws what it likes, also what cannot tell its own message. */
  static String text(Throwable cause) {
    try {
      return String.valueOf(cause);
    } catch (RuntimeException | Error e) {
      return cause.getClass().getName() + " (it cannot tell what it is about)";
    }
  }

  private static String oneLine(String text) {
    return Refusal.line(text.replaceAll("\\s*\\R\\s*", " "));
  }
}
