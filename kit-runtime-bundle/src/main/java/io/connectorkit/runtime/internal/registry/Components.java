package io.connectorkit.runtime.internal.registry;

import io.connectorkit.api.Connector;
import io.connectorkit.runtime.internal.isolation.Sayable;
import java.util.Objects;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Asks Declarative Services what became of a bundle's component. */
final class Components {

  private static final String CAUSE = "Caused by: ";

  private final ServiceComponentRuntime runtime;

  Components(ServiceComponentRuntime runtime) {
    this.runtime = runtime;
  }

  /** Why a bundle provides no connector, in one line. */
  String failure(Bundle bundle) {
    if (bundle == null) {
      return "its bundle is gone";
    }
    var descriptions = runtime.getComponentDescriptionDTOs(bundle);
    if (descriptions.isEmpty()) {
      return "the bundle has no component; is its class annotated with @Component, and listed in the header Service-Component?";
    }
    return descriptions.stream().flatMap(this::failures).findFirst()
        .or(() -> descriptions.stream().map(description -> unusable(bundle, description.implementationClass)).filter(Objects::nonNull).findFirst())
        .orElse("its component publishes no connector; see the log");
  }

  /** Declarative Services only logs that it cannot work with a class; asking the same questions gives the same failure. */
  private static String unusable(Bundle bundle, String name) {
    try {
      Class<?> type = bundle.loadClass(name);
      type.getDeclaredMethods();
      type.getDeclaredConstructors();
      return Connector.class.isAssignableFrom(type) ? null : "class " + name + " is no " + Connector.class.getName() + "; implement it";
    } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
      return Sayable.line(Sayable.text(e));
    }
  }

  private Stream<String> failures(ComponentDescriptionDTO description) {
    return runtime.getComponentConfigurationDTOs(description).stream().map(Components::failure).filter(Objects::nonNull);
  }

  private static String failure(ComponentConfigurationDTO configuration) {
    if (configuration.failure != null) {
      return cause(configuration.failure);
    }
    if (configuration.unsatisfiedReferences != null && configuration.unsatisfiedReferences.length > 0) {
      return "its component waits for the service of its reference '" + configuration.unsatisfiedReferences[0].name + "'";
    }
    return null;
  }

  /** The deepest cause in the text of a stack trace; what called the constructor is nothing that an author can change. */
  private static String cause(String trace) {
    return trace.lines().filter(line -> line.startsWith(CAUSE) && !line.startsWith(CAUSE + "[CIRCULAR")).reduce((first, last) -> last)
        .map(line -> line.substring(CAUSE.length())).or(() -> trace.lines().findFirst()).map(Sayable::line).orElse("");
  }
}
