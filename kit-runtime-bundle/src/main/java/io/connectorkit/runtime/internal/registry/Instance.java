package io.connectorkit.runtime.internal.registry;

import io.connectorkit.api.Connector;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.runtime.internal.config.Canonical;
import io.connectorkit.runtime.internal.config.Confidential;
import io.connectorkit.runtime.internal.config.InstanceConfig;
import io.connectorkit.runtime.internal.config.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/** A configured instance that can run: everything it needs is there. */
public record Instance(
    Declaration declaration, Connector connector, Bundle bundle, String sha256, InstanceConfig config, Secrets secrets) {

  /** Its name. */
  public String name() {
    return config.file().instance();
  }

  /** A secret that the connector declared. */
  public Optional<String> secret(String variable) {
    if (declaration.yaml().variables().stream().noneMatch(declared -> declared.name().equals(variable))) {
      throw new IllegalArgumentException("secret " + variable + " is not declared under auth.env_vars in connector.yaml");
    }
    return secrets.find(variable);
  }

  /** Values that must not show up in any message. */
  public List<String> hidden() {
    var variables = declaration.yaml().variables().stream().flatMap(variable -> secrets.given(variable.name()).stream());
    return Stream.concat(variables, Confidential.declared(declaration.yaml(), config.settings())).filter(value -> value.length() > 3).toList();
  }

  /** The same, and what may be a secret that nobody has declared. */
  public List<String> doubtful() {
    return Stream.concat(hidden().stream(), Confidential.undeclared(declaration.yaml(), config.settings())).toList();
  }

  /** Changes with what the settings say about the source; a new token is no other source. */
  public String meaning() {
    Map<String, Object> settings = new TreeMap<>(config.settings().values());
    declaration.yaml().settings().forEach((name, setting) -> {
      if (setting.secret()) {
        settings.remove(name);
      }
    });
    return digest(Canonical.text(settings));
  }

  /** Changes with everything that may make a failed run succeed: besides the fingerprint's parts, secrets in the settings. */
  public String exactly() {
    return digest(fingerprint() + Canonical.text(config.settings().values()));
  }

  private static String digest(String text) {
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Changes when a new run is due: other capabilities, other content of the bundle, another configuration. */
  public String fingerprint() {
    String text = declaration.name() + '|' + declaration.version() + '|' + declaration.capabilities() + '|' + bundle.getVersion() + '|'
        + sha256 + '|' + config.fingerprint();
    return digest(text);
  }
}
