package io.connectorkit.runtime.internal.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happens to the published rows of a table when new ones come. */
public enum Strategy {
  /** Every read is a full one and replaces them all. */
  REPLACE,
  /** New rows are added; published ones never change. */
  APPEND,
  /** A row replaces the one with the same key; a tombstone takes it away. */
  UPSERT;

  /** The name in configuration files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Strategy> ofLabel(String label) {
    return Arrays.stream(values()).filter(strategy -> strategy.label().equals(label)).findFirst();
  }
}
