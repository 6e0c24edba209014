package io.connectorkit.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.slf4j.Logger;

/** Framework properties: those of {@code etc/config.properties}, and on top those that only the launcher can know. */
final class FrameworkSettings {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

  private final HostFolders folders;
  private final HostMode mode;
  private final Path work;

  /** {@code work} is the folder for what only this host process writes. */
  FrameworkSettings(HostFolders folders, HostMode mode, Path work) {
    this.folders = folders;
    this.mode = mode;
    this.work = work;
  }

  Path endpointFile() {
    return mode == HostMode.GATEWAY ? folders.gatewayEndpoint() : work.resolve("gateway.json");
  }

  Map<String, Object> read() {
    Map<String, String> known = known();
    Map<String, Object> settings = new HashMap<>();
    operators().forEach((key, value) -> settings.put((String) key, resolve((String) key, (String) value, known)));
    settings.putAll(known);
    settings.merge(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, exported(),
        (theirs, ours) -> theirs.toString().isBlank() ? ours : ours + "," + theirs);
    return settings;
  }

  private Map<String, String> known() {
    Map<String, String> known = new HashMap<>();
    known.put("kit.home", folders.product().toString());
    known.put("kit.etc", folders.etc().toString());
    boolean aside = mode == HostMode.ASIDE;
    known.put("kit.deploy", (aside ? work.resolve("deploy") : folders.deploy()).toString());
    known.put("kit.data", (aside ? work.resolve("data") : folders.data()).toString());
    known.put("kit.extracts", (aside ? work.resolve("extracts") : folders.extracts()).toString());
    known.put("kit.mode", mode.property());
    known.put("kit.endpoint.file", endpointFile().toString());
    known.put("felix.fileinstall.dir", folders.etc().toString());
    known.put("felix.fileinstall.tmpdir", work.resolve("fileinstall").toString());
    Path cache = mode == HostMode.GATEWAY ? folders.data().resolve("cache") : work.resolve("cache");
    known.put(Constants.FRAMEWORK_STORAGE, cache.toString());
    known.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    return known;
  }

  /** One log for host and bundles; sun.misc and sun.nio.ch are for Arrow, which keeps memory outside the heap. */
  private static String exported() {
    String slf4j = ";version=" + Objects.requireNonNullElse(Logger.class.getPackage().getImplementationVersion(), "2.0.0");
    return String.join(slf4j + ",", "org.slf4j", "org.slf4j.helpers", "org.slf4j.spi", "org.slf4j.event") + slf4j
        + ",org.osgi.service.log;version=1.5.0,sun.misc,sun.nio.ch";
  }

  private Properties operators() {
    Path file = folders.etc().resolve("config.properties");
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new HostException("KIT-7005 cannot read the framework's properties '" + file + "': " + e, e);
    }
    return properties;
  }

  private static String resolve(String key, String value, Map<String, String> known) {
    return REFERENCE.matcher(value).replaceAll(match -> {
      String replacement = known.getOrDefault(match.group(1), System.getProperty(match.group(1)));
      if (replacement == null) {
        throw new HostException("KIT-7006 etc/config.properties: '" + key + "' refers to ${" + match.group(1)
            + "}, which is neither a property that the launcher sets nor a system property.");
      }
      return Matcher.quoteReplacement(replacement);
    });
  }
}
