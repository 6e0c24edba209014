package io.connectorkit.gateway.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Optional;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Hands the keystore's password to the HTTP server beside its configuration, which lies in a file. */
@Component(configurationPid = GatewayConfig.PID, property = "cm.target=" + HttpSettings.PID)
public final class KeystorePassword implements ConfigurationPlugin {

  private final String variable;

  @Activate
  public KeystorePassword(GatewayConfig config) {
    this.variable = config.https_password_env();
  }

  @Override
  public void modifyConfiguration(ServiceReference<?> reference, Dictionary<String, Object> properties) {
    if (properties.get("org.apache.felix.https.keystore") != null) {
      find(variable).ifPresent(password -> {
        properties.put("org.apache.felix.https.keystore.password", password);
        properties.put("org.apache.felix.https.keystore.key.password", password);
      });
    }
  }

  /** As with the secrets of connectors: the variable, or the content of the file that the variable with {@code _FILE} names. */
  static Optional<String> find(String variable) {
    String value = System.getenv(variable);
    String file = System.getenv(variable + "_FILE");
    if (value != null && !value.isEmpty() || file == null) {
      return Optional.ofNullable(value);
    }
    try {
      return Optional.of(Files.readString(Path.of(file)).replaceFirst("[\\r\\n]+$", ""));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
