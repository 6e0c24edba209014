package io.connectorkit.host;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Service that says what the deploy folder would say to a jar, which it neither copies nor installs. Safe for use from several threads. */
@ProviderType
public interface JarCheck {

  /**
   * Looks at a jar as it lies there; no code of it runs.
   *
   * @return what is to know of a jar that would be let in
   * @throws KitException the words in which it would be rejected
   */
  JarReport check(Path jar);
}
