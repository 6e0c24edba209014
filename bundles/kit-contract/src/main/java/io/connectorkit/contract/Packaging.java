package io.connectorkit.contract;

import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.declaration.Clause;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.declaration.DeclarationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * What stands beside the classes in a connector bundle.
 *
 * @param name of the bundle, for messages
 * @param capabilities attributes of each {@code connectorkit.connector} that the manifest provides
 * @param yaml {@code META-INF/connector.yaml}; null if there is none
 * @param components the descriptions of its components, as XML
 */
public record Packaging(String name, List<Map<String, Object>> capabilities, byte[] yaml, List<byte[]> components) {

  /** Reads entries of a bundle. */
  @FunctionalInterface
  public interface Entries {
    /** The content; null if there is no such entry. */
    byte[] read(String path) throws IOException;
  }

  /** A folder of classes in which bnd has left its manifest, such as {@code target/classes}. */
  public static Packaging ofFolder(Path classes) throws IOException {
    return of(classes.toString(), path -> Files.isRegularFile(classes.resolve(path)) ? Files.readAllBytes(classes.resolve(path)) : null);
  }

  /** Any bundle. */
  public static Packaging of(String where, Entries entries) throws IOException {
    byte[] content = entries.read("META-INF/MANIFEST.MF");
    Attributes headers = content == null ? new Attributes() : new Manifest(new ByteArrayInputStream(content)).getMainAttributes();
    List<Map<String, Object>> connectors = Clause.parse(headers.getValue("Provide-Capability")).stream()
        .filter(clause -> clause.paths().contains(ConnectorBundle.NAMESPACE)).map(Clause::attributes).toList();
    List<byte[]> components = new ArrayList<>();
    for (Clause clause : Clause.parse(headers.getValue("Service-Component"))) {
      for (String path : clause.paths()) {
        byte[] component = entries.read(path);
        if (component != null) {
          components.add(component);
        }
      }
    }
    String name = Clause.parse(headers.getValue("Bundle-SymbolicName")).stream().flatMap(clause -> clause.paths().stream()).findFirst()
        .map(symbolic -> "bundle " + symbolic + " " + headers.getValue("Bundle-Version")).orElse(where);
    return new Packaging(name, connectors, entries.read(Declaration.YAML), components);
  }

  /** What {@code connector.yaml} says; empty if there is none, or it cannot be read, which a check of its own tells. */
  Optional<ConnectorYaml> declared() {
    try {
      return Optional.ofNullable(yamlStream()).map(stream -> ConnectorYaml.read(stream, Declaration.YAML));
    } catch (DeclarationException e) {
      return Optional.empty();
    }
  }

  /** The content of {@code connector.yaml}; null if there is none. */
  InputStream yamlStream() {
    return yaml == null ? null : new ByteArrayInputStream(yaml);
  }
}
