package io.connectorkit.host;

import org.osgi.annotation.versioning.ProviderType;

/** Service that runs a line of Gogo commands, as a person at a console would. */
@ProviderType
public interface Shell {

  /**
   * Runs a line.
   *
   * @return what it prints, and its result as text
   * @throws KitException KIT-6005 if the command fails or does not exist
   */
  String run(String line);
}
