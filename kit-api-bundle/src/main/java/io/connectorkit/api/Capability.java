package io.connectorkit.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a connector, or one of its tables, can do. A connector declares its set in the bundle manifest through {@link ConnectorBundle}. */
public enum Capability {
  /** Lists its tables with their schemas: {@link Discovers}. */
  DISCOVER,
  /** Delivers the rows of a table in batches: {@link Reads}. */
  READ,
  /** Turns events, such as webhooks, into changed rows as they happen: {@link Streams}. */
  STREAM,
  /** Lets DuckDB query the source in place, through an extension: {@link AttachesRemote}. */
  REMOTE,
  /** Takes rows back into the source: {@link Writes}. */
  WRITE;

  /** The name used in the bundle manifest and in {@code connector.yaml}: the constant in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The capability with that label.
   *
   * @param label any case; not null
   * @return empty for an unknown label
   */
  public static Optional<Capability> ofLabel(String label) {
    return Arrays.stream(values()).filter(capability -> capability.name().equalsIgnoreCase(label.strip())).findFirst();
  }
}
