package io.connectorkit.api.internal;

/** Writes Java values into one Arrow vector. */
interface ValueWriter {

  /**
   * Writes one value, or null.
   *
   * @return about how many bytes it took
   * @throws ValueRefused if the value does not fit without loss
   */
  int write(int index, Object value);
}
