package io.connectorkit.runtime.internal.types;

import org.apache.arrow.vector.FieldVector;

/** Brings the values of a delivered vector into the vector that is stored. */
@FunctionalInterface
interface VectorCast {

  /** Moves the vector as it is, which costs no copy. */
  VectorCast NONE = (from, to) -> from.makeTransferPair(to).transfer();

  /**
   * Moves or converts every value.
   *
   * @param from may be emptied
   * @param to empty
   */
  void move(FieldVector from, FieldVector to);
}
