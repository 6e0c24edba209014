package io.connectorkit.runtime.internal.status;

import io.connectorkit.api.Capability;
import io.connectorkit.api.Names;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.host.Configurations;
import io.connectorkit.host.ConnectorStatus;
import io.connectorkit.host.InstanceSettings;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.InstanceDocument;
import io.connectorkit.runtime.internal.config.Secrets;
import io.connectorkit.runtime.internal.registry.Candidate;
import io.connectorkit.runtime.internal.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows and writes the configuration files of instances. */
@Component
public final class ConfigurationService implements Configurations {

  private static final String SUFFIX = ".yaml";

  private final Home home;
  private final Registry registry;
  private final Secrets secrets;

  @Activate
  public ConfigurationService(@Reference Home home, @Reference Registry registry, @Reference Secrets secrets) {
    this.home = home;
    this.registry = registry;
    this.secrets = secrets;
  }

  @Override
  public List<ConnectorStatus> connectors() {
    Map<String, ConnectorStatus> connectors = new TreeMap<>();
    registry.candidates().stream().filter(candidate -> candidate.declaration() != null && candidate.bundle() != null)
        .forEach(candidate -> connectors.putIfAbsent(candidate.declaration().name(), status(candidate)));
    return List.copyOf(connectors.values());
  }

  private ConnectorStatus status(Candidate candidate) {
    Declaration declaration = candidate.declaration();
    ConnectorYaml yaml = declaration.yaml();
    return new ConnectorStatus(declaration.name(), declaration.version(), yaml.description(),
        declaration.capabilities().stream().map(Capability::label).sorted().toList(),
        candidate.bundle().getSymbolicName() + " " + candidate.bundle().getVersion(),
        yaml.settings().entrySet().stream().map(each -> {
          var setting = each.getValue();
          return new ConnectorStatus.Setting(each.getKey(), setting.type(), setting.required(), setting.secret(),
              setting.secret() ? null : setting.fallback(), setting.description(), setting.values(), setting.minimum().orElse(null),
              setting.maximum().orElse(null), setting.pattern().map(Object::toString).orElse(""), setting.format());
        }).toList(),
        yaml.variables().stream().map(variable -> new ConnectorStatus.Variable(variable.name(), variable.required(), present(variable.name()),
            variable.description())).toList());
  }

  private boolean present(String variable) {
    try {
      return secrets.find(variable).isPresent();
    } catch (KitException e) {
      return false;
    }
  }

  @Override
  public Optional<InstanceSettings> find(String instance) {
    return Optional.of(file(instance)).filter(Files::isRegularFile)
        .map(file -> InstanceDocument.view(file, declared(InstanceDocument.read(file)), secrets));
  }

  /** Every name ends here before it becomes a path. */
  private Path file(String instance) {
    if (!Names.isInstance(instance)) {
      throw new KitException("KIT-2004", "'" + instance + "' cannot be an instance's name: it becomes a schema in SQL; use lower-case letters, digits"
          + " and underscores, a letter first, and no word that DuckDB reserves");
    }
    return home.instanceFiles().resolve(instance + SUFFIX);
  }

  private Optional<ConnectorYaml> declared(Map<String, Object> document) {
    String connector = String.valueOf(document.get("connector"));
    return registry.candidates().stream().map(Candidate::declaration).filter(declaration -> declaration != null && declaration.name().equals(connector))
        .map(Declaration::yaml).findFirst();
  }

  @Override
  public synchronized InstanceSettings put(String instance, Map<String, Object> document, boolean trial) {
    Path file = file(instance);
    Optional<ConnectorYaml> yaml = declared(document);
    Map<String, Object> before = Files.isRegularFile(file) ? InstanceDocument.read(file) : Map.of();
    // Settings of another connector mean something else.
    boolean same = String.valueOf(before.get("connector")).equals(String.valueOf(document.get("connector")));
    String text = InstanceDocument.text(InstanceDocument.merged(document, same ? before : Map.of(), yaml));
    Path folder = home.tmp().resolve("config-" + UUID.randomUUID());
    Path written = folder.resolve(file.getFileName());
    try {
      Files.createDirectories(folder);
      write(written, text);
      InstanceSettings settings = InstanceDocument.view(written, yaml, secrets);
      if (!settings.problems().isEmpty()) {
        throw new KitException(settings.problems());
      }
      if (!trial) {
        Files.createDirectories(file.getParent());
        Path aside = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(aside);
        write(aside, text);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        registry.refresh();
      }
      return settings;
    } catch (IOException e) {
      throw new KitException("KIT-2003", "etc/connectors/" + file.getFileName() + " cannot be written: " + e.getClass().getSimpleName(), e);
    } finally {
      written.toFile().delete();
      folder.toFile().delete();
    }
  }

  /** For its owner only: there may be secrets in it. */
  private static void write(Path file, String text) throws IOException {
    Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  @Override
  public synchronized boolean remove(String instance) {
    try {
      boolean removed = Files.deleteIfExists(file(instance));
      registry.refresh();
      return removed;
    } catch (IOException e) {
      throw new KitException("KIT-2003", "etc/connectors/" + instance + SUFFIX + " cannot be deleted: " + e.getClass().getSimpleName(), e);
    }
  }
}
