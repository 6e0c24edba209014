package io.connectorkit.host;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears each step of a run on its way to the commit, and holds it up for as long as it takes. The product has none: it is there for tests
 * that end the process at a step of their choice.
 */
@ConsumerType
@FunctionalInterface
public interface StepListener {

  /**
   * The step is done; called on the thread that did it.
   *
   * @param instance whose run it is; {@code analytics} for the database over all
   * @param step such as {@code extract.renamed}
   */
  void reached(String instance, String step);
}
