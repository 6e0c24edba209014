package io.connectorkit.api;

import io.connectorkit.api.internal.OneOfMany;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Capability {@link Capability#READ} of a source whose tables come out of the same answers, such as issues with their comments: one walk over
 * the source feeds all tables that a run wants.
 */
@ConsumerType
public interface ReadsTogether extends Reads {

  /**
   * Walks over the source once and hands over the rows of all tables that are wanted. Called once per run, with all tables to be read; may
   * block, on a thread that is interrupted when the run is cancelled. It counts when it returns; what it throws fails all tables of the walk.
   *
   * @param read what to read, and where the rows go
   * @throws ConnectorException if the source does not answer, or refuses
   */
  void readTogether(JointRead read);

  /** One table by a walk of its own, for whoever wants no more: only its rows are used. */
  @Override
  default BatchSource read(ReadRequest request) {
    return OneOfMany.read(this, request);
  }
}
