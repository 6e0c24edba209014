package io.connectorkit.runtime.internal.config;

import io.connectorkit.host.KitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Secrets from the environment: {@code NAME}, or the content of the file that {@code NAME_FILE} names. */
@Component(service = Secrets.class)
public final class Secrets {

  private final Map<String, String> environment;

  @Activate
  public Secrets() {
    this(System.getenv());
  }

  public Secrets(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The value of a secret; empty if it is not set. */
  public Optional<String> find(String name) {
    String file = environment.get(name + "_FILE");
    if (environment.containsKey(name) || file == null) {
      return Optional.ofNullable(environment.get(name));
    }
    try {
      return Optional.of(Files.readString(Path.of(file)).strip());
    } catch (IOException e) {
      throw new KitException("KIT-2005", "the file named by " + name + "_FILE cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }
}
