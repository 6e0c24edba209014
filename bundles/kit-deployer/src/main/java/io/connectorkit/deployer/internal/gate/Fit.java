package io.connectorkit.deployer.internal.gate;

import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.declaration.Clause;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Whether a bundle was built for a host like this one (I7). */
final class Fit {

  private final HostVersions host;

  Fit(HostVersions host) {
    this.host = host;
  }

  /**
   * Checks a manifest.
   *
   * @throws io.connectorkit.host.KitException KIT-1027 if it wants another host, KIT-1030 if it exports what the host exports
   */
  void check(String file, BundleManifest manifest) {
    for (Clause clause : manifest.requirements()) {
      if (clause.paths().contains(ConnectorBundle.RUNTIME_NAMESPACE) && !isOptional(clause)) {
        contract(file, clause.directives().getOrDefault(Constants.FILTER_DIRECTIVE, "(version=*)"));
      }
    }
    for (Clause clause : manifest.imports()) {
      if (clause.paths().contains(HostVersions.API)) {
        api(file, String.valueOf(clause.attributes().getOrDefault(Constants.VERSION_ATTRIBUTE, "0")));
      }
    }
    List<String> exported = manifest.exports().stream().flatMap(clause -> clause.paths().stream()).filter(HostLibraries::isPackage).toList();
    if (!exported.isEmpty()) {
      throw Refusal.of("KIT-1030", file + " exports " + exported + ", which is for the host to export; leave the package out of"
          + " Export-Package");
    }
  }

  /** The hosts that a bundle was built for, in words: contract and API. Of a manifest that has passed {@link #check}. */
  static List<String> needs(BundleManifest manifest) {
    Stream<String> contracts = manifest.requirements().stream().filter(clause -> clause.paths().contains(ConnectorBundle.RUNTIME_NAMESPACE))
        .map(clause -> needs(ConnectorBundle.RUNTIME_NAMESPACE, clause.directives().getOrDefault(Constants.FILTER_DIRECTIVE, "")));
    Stream<String> apis = manifest.imports().stream().filter(clause -> clause.paths().contains(HostVersions.API)).map(clause -> needs(
        HostVersions.API, VersionRange.valueOf(String.valueOf(clause.attributes().getOrDefault(Constants.VERSION_ATTRIBUTE, "0")))
            .toFilterString(Constants.VERSION_ATTRIBUTE)));
    return Stream.concat(contracts, apis).toList();
  }

  private static String needs(String what, String filter) {
    String words = Ranges.words(filter);
    return what + (words.isEmpty() ? ", any version" : " " + words);
  }

  private static boolean isOptional(Clause clause) {
    return Constants.RESOLUTION_OPTIONAL.equals(clause.directives().get(Constants.RESOLUTION_DIRECTIVE));
  }

  private void contract(String file, String filter) {
    try {
      if (!FrameworkUtil.createFilter(filter).matches(host.attributes())) {
        throw another(file, filter, host.contract());
      }
    } catch (InvalidSyntaxException e) {
      throw Refusal.of("KIT-1022", file + ": the filter '" + filter + "' of its requirement on " + ConnectorBundle.RUNTIME_NAMESPACE
          + " is malformed; build it with bnd");
    }
  }

  /** An optional import is no way out: without the host's API there is no connector. */
  private void api(String file, String range) {
    try {
      VersionRange wanted = VersionRange.valueOf(range);
      if (!wanted.includes(host.api())) {
        throw another(file, wanted.toFilterString(Constants.VERSION_ATTRIBUTE), host.api());
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.of("KIT-1022", file + ": the version range '" + range + "' of its import of " + HostVersions.API
          + " is malformed; build it with bnd");
    }
  }

  private static RuntimeException another(String file, String filter, Version has) {
    String words = Ranges.words(filter);
    return Refusal.of("KIT-1027", file + ": it needs a host of API version " + (words.isEmpty() ? filter : words) + "; this host has " + has
        + "; get a version of the connector for this host");
  }
}
