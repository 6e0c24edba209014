package io.connectorkit.runtime.internal.config;

import io.connectorkit.declaration.Declaration;
import io.connectorkit.host.Declarations;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Offers the rules of {@link Declaration} to those who have a jar and no bundle yet. */
@Component
public final class DeclarationCheck implements Declarations {

  @Override
  public String check(String bundle, List<Map<String, Object>> capabilities, InputStream yaml) {
    return BundleDeclaration.orRefused(() -> Declaration.of("bundle " + bundle, capabilities, yaml)).name();
  }
}
