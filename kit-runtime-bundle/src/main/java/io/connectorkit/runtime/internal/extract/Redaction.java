package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.runtime.internal.config.Confidential;
import io.connectorkit.runtime.internal.registry.Instance;
import java.util.List;

/** Makes an error fit to be seen: one line, bounded, without secrets. What a connector throws has come through Tccl. */
public final class Redaction {

  private Redaction() {}

  /** Without the names of variables. */
  static String clean(Throwable failure, Instance instance) {
    if (failure instanceof ExceptionInInitializerError && failure.getCause() != null) {
      return clean(failure.getCause(), instance);
    }
    String text = failure.getMessage();
    if (text == null || text.isBlank()) {
      text = failure.getClass().getSimpleName();
    } else if (failure instanceof Error || failure.getClass().getName().startsWith("java.lang.")) {
      text = failure.getClass().getSimpleName() + ": " + text;
    }
    return clean(text, instance);
  }

  /** A text of a connector's. */
  public static String clean(String text, Instance instance) {
    return Confidential.clean(text, instance.doubtful());
  }

  /** The same, and which variables to look at where the credentials were refused. */
  public static String withVariables(Throwable failure, Instance instance) {
    List<String> variables = instance.declaration().yaml().variables().stream().map(ConnectorYaml.Variable::name).toList();
    boolean refused = failure instanceof ConnectorException e && e.kind() == ConnectorException.Kind.AUTHENTICATION;
    return clean(failure, instance) + (refused && !variables.isEmpty() ? "; check " + String.join(", ", variables) : "");
  }
}
