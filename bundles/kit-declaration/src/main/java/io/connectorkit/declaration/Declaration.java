package io.connectorkit.declaration;

import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.Capability;
import io.connectorkit.api.Connector;
import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.Names;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Streams;
import io.connectorkit.api.Writes;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a bundle declares about its connector, after header, YAML and class were found to agree. */
public record Declaration(String name, String version, Set<Capability> capabilities, ConnectorYaml yaml) {

  /** Where a connector bundle has its YAML. */
  public static final String YAML = "META-INF/connector.yaml";

  /** The interface behind each capability. */
  private static final Map<Capability, Class<? extends Connector>> INTERFACES = new EnumMap<>(Map.of(Capability.DISCOVER, Discovers.class,
      Capability.READ, Reads.class, Capability.STREAM, Streams.class, Capability.REMOTE, AttachesRemote.class, Capability.WRITE, Writes.class));

  /**
   * The declaration in a manifest and a YAML.
   *
   * @param who the bundle, for messages
   * @param capabilities attributes of each connector capability
   * @param stream the YAML; null if there is none
   * @throws DeclarationException KIT-1010 to KIT-1012 if it contradicts itself
   */
  public static Declaration of(String who, List<Map<String, Object>> capabilities, InputStream stream) {
    if (capabilities.size() != 1) {
      throw new DeclarationException("KIT-1010", who + " provides " + capabilities.size() + " connectors; a bundle holds exactly one");
    }
    Map<String, Object> header = capabilities.get(0);
    String name = String.valueOf(header.get(ConnectorBundle.NAMESPACE));
    if (!Names.isInstance(name)) {
      throw new DeclarationException("KIT-1011", who + ": '" + name + "' cannot be a connector's name: use lower-case letters, digits"
          + " and underscores, a letter first, and no name that DuckDB reserves");
    }
    if (stream == null) {
      throw new DeclarationException("KIT-1010", who + " has no " + YAML + "; put it under src/main/resources and build again");
    }
    ConnectorYaml yaml = ConnectorYaml.read(stream, YAML + " of " + who);
    agree(who, "name", name, yaml.name());
    agree(who, "version", String.valueOf(header.get("version")), yaml.version());
    agree(who, "capabilities", labels(header.get("capabilities")).toString(), labels(yaml.capabilities()).toString());
    return new Declaration(name, yaml.version(), yaml.capabilities(), yaml);
  }

  /**
   * Holds the service against the declaration.
   *
   * @param who the bundle, for messages
   * @throws DeclarationException KIT-1012 with both lists if they differ
   */
  public void check(Connector connector, String who) {
    Set<Capability> implemented = EnumSet.noneOf(Capability.class);
    INTERFACES.forEach((capability, type) -> {
      if (type.isInstance(connector)) {
        implemented.add(capability);
      }
    });
    if (!implemented.equals(capabilities)) {
      throw new DeclarationException("KIT-1012", who + ": declared capabilities " + labels(capabilities) + " and implemented ones "
          + labels(implemented) + " differ; implement exactly the interfaces of the declared capabilities");
    }
  }

  private static void agree(String who, String what, String header, String yaml) {
    if (!header.equals(yaml)) {
      throw new DeclarationException("KIT-1012", who + ": " + what + " is " + header + " in the manifest and " + yaml + " in " + YAML
          + "; make them agree");
    }
  }

  private static Set<String> labels(Object header) {
    if (header instanceof Set<?> set) {
      return set.stream().map(capability -> ((Capability) capability).label()).collect(Collectors.toCollection(TreeSet::new));
    }
    List<?> list = header instanceof List<?> values ? values : List.of(String.valueOf(header).split(","));
    return list.stream().map(label -> String.valueOf(label).strip()).collect(Collectors.toCollection(TreeSet::new));
  }
}
