package io.connectorkit.gateway.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configures the HTTP server, which waits for that. */
@Component(service = HttpSettings.class, immediate = true, configurationPid = GatewayConfig.PID)
@Designate(ocd = GatewayConfig.class)
public final class HttpSettings {

  private static final Logger LOG = LoggerFactory.getLogger(HttpSettings.class);
  static final String PID = "org.apache.felix.http";
  private static final String LOOPBACK = "127.0.0.1";

  @Activate
  public HttpSettings(BundleContext context, @Reference ConfigurationAdmin admin,
      @Reference(target = "(cm.target=" + PID + ")") ConfigurationPlugin password, GatewayConfig config) throws IOException {
    // A host for one command is nobody else's business.
    boolean gateway = "gateway".equals(context.getProperty("kit.mode"));
    Hashtable<String, Object> settings = new Hashtable<>();
    settings.put("org.apache.felix.http.host", LOOPBACK);
    settings.put("org.osgi.service.http.port", "0");
    settings.put("org.apache.felix.http.jetty.acceptors", 1);
    settings.put("org.apache.felix.http.jetty.selectors", 1);
    settings.put("org.apache.felix.http.jetty.threadpool.max", 128);
    settings.put("org.apache.felix.http.mbeans", false);
    settings.put("org.apache.felix.http.jetty.sendServerHeader", false);
    if (gateway) {
      boolean encrypted = encryption(Path.of(context.getProperty("kit.etc")), config, settings);
      settings.put("org.apache.felix.http.host", host(config, encrypted));
      settings.put("org.osgi.service.http.port", String.valueOf(config.http_port()));
    }
    admin.getConfiguration(PID, "?").updateIfDifferent(settings);
  }

  /** Where to listen: tokens do not cross a network in clear text unless the operator says so. */
  private static String host(GatewayConfig config, boolean encrypted) {
    if (!reachable(config.http_host())) {
      LOG.error("KIT-6006 http.host is '{}', where the kit command does not find the gateway; use 127.0.0.1, or 0.0.0.0 for all addresses. The gateway"
          + " listens at {} only", config.http_host(), LOOPBACK);
      return LOOPBACK;
    }
    if (!encrypted && !config.http_plain() && !loopback(config.http_host())) {
      LOG.error("KIT-6006 http.host is '{}' and there is no keystore: tokens would cross the network in clear text; set https.keystore, or"
          + " http.plain behind a proxy that speaks TLS. The gateway listens at {} only", config.http_host(), LOOPBACK);
      return LOOPBACK;
    }
    return config.http_host();
  }

  private static boolean reachable(String host) {
    try {
      return loopback(host) || InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean encryption(Path etc, GatewayConfig config, Dictionary<String, Object> settings) {
    if (config.https_keystore().isBlank()) {
      return false;
    }
    Path keystore = etc.resolve(config.https_keystore());
    Optional<String> password = KeystorePassword.find(config.https_password_env());
    String wrong = password.isEmpty() ? "the keystore's password is neither in the environment variable " + config.https_password_env()
        + " nor in a file that " + config.https_password_env() + "_FILE names" : wrong(keystore, password.get().toCharArray());
    if (!wrong.isEmpty()) {
      LOG.error("KIT-6007 there is no HTTPS: {}", wrong);
      return false;
    }
    settings.put("org.apache.felix.https.enable", true);
    settings.put("org.osgi.service.http.port.secure", String.valueOf(config.https_port()));
    settings.put("org.apache.felix.https.keystore", keystore.toString());
    return true;
  }

  /** Tried here, since the server would only say that it does not start; empty if the keystore is of use. */
  private static String wrong(Path keystore, char[] password) {
    try {
      KeyStore keys = KeyStore.getInstance(keystore.toFile(), password);
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.isKeyEntry(alias) && keys.getKey(alias, password) != null) {
          return "";
        }
      }
      return "the keystore '" + keystore + "' has no key; make one with keytool -genkeypair, or import the certificate with its key";
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return "the keystore '" + keystore + "' cannot be opened: " + e.getMessage();
    }
  }
}
