package io.connectorkit.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Service over the configuration files of instances. Safe for use from several threads. */
@ProviderType
public interface Configurations {

  /** All connectors that are deployed, by name. */
  List<ConnectorStatus> connectors();

  /** The configuration of an instance; empty if it has no file. */
  Optional<InstanceSettings> find(String instance);

  /**
   * Checks a configuration, and puts it in the place of the one before unless it is only a trial. Settings that are hidden and not given stay
   * as they are; one that is given as null goes. The file is written anew, without its comments.
   *
   * @param document as in {@link InstanceSettings}
   * @return what is there then, or would be
   * @throws KitException KIT-2004 if the name cannot be an instance's, or with all problems if the document cannot be used, and nothing has changed
   */
  InstanceSettings put(String instance, Map<String, Object> document, boolean trial);

  /** Deletes the file of an instance; false if there is none. */
  boolean remove(String instance);
}
