package io.connectorkit.runtime.internal.schema;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happens to a table whose columns are no longer those that are published. */
public enum SchemaPolicy {
  /** New columns are published, types are widened where nothing is lost, removed columns stay and are null from then on. */
  EVOLVE,
  /** The table fails, and its last good rows stay. */
  FREEZE,
  /** As {@link #EVOLVE}, without new columns. */
  DISCARD_COLUMNS;

  /** The name in configuration files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The policy with that label. */
  public static Optional<SchemaPolicy> ofLabel(String label) {
    return Arrays.stream(values()).filter(policy -> policy.label().equals(label)).findFirst();
  }
}
