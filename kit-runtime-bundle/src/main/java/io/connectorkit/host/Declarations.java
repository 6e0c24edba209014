package io.connectorkit.host;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Service that checks what a bundle declares about its connector before the bundle is installed. Safe for use from several threads. */
@ProviderType
public interface Declarations {

  /**
   * Checks a declaration by the rules that hold for an installed bundle, and in the same words.
   *
   * @param bundle symbolic name and version, for messages
   * @param capabilities the attributes of each {@code connectorkit.connector} in the manifest's {@code Provide-Capability}
   * @param yaml the content of {@code META-INF/connector.yaml}; null if there is none
   * @return the connector's name
   * @throws KitException KIT-1010 to KIT-1012, KIT-2001, KIT-2002 if the declaration is wrong or contradicts itself
   */
  String check(String bundle, List<Map<String, Object>> capabilities, InputStream yaml);
}
