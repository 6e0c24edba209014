package io.connectorkit.runtime.internal.store;

/** Where a piece of work says how far it has come. */
@FunctionalInterface
public interface Trail {

  /** Tells nobody. */
  Trail NONE = step -> {};

  /** The step is done. */
  void reached(String step);
}
