package io.connectorkit.runtime.internal.extract;

import io.connectorkit.runtime.internal.isolation.Sayable;
import io.connectorkit.runtime.internal.registry.Instance;

/** A connector's exception as it may stand in a log: where it comes from, without the secrets in its messages. */
public final class Retold extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int MAX_DEPTH = 20;

  private Retold(Throwable failure, Instance instance, int depth) {
    super(Redaction.clean(Sayable.text(failure), instance), of(failure.getCause(), instance, depth + 1));
    setStackTrace(failure.getStackTrace());
  }

  /** Null for null. */
  public static Throwable of(Throwable failure, Instance instance) {
    return of(failure, instance, 0);
  }

  private static Throwable of(Throwable failure, Instance instance, int depth) {
    return failure == null || depth == MAX_DEPTH ? null : new Retold(failure, instance, depth);
  }

  @Override
  public String toString() {
    return getMessage();
  }
}
