package io.connectorkit.gateway.internal;

import java.util.Dictionary;
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
    String password = System.getenv(variable);
    if (password != null && properties.get("org.apache.felix.https.keystore") != null) {
      properties.put("org.apache.felix.https.keystore.password", password);
      properties.put("org.apache.felix.https.keystore.key.password", password);
    }
  }
}
