package io.connectorkit.launcher;

/** How long a host lives, and who it serves. */
public enum HostMode {
  /** The one host of a home: extracts by itself, runs until it is told to stop. */
  GATEWAY,
  /** A host for one command while no gateway runs: does nothing by itself. */
  JOB;

  /** The value of the framework property {@code kit.mode}. */
  public String property() {
    return this == GATEWAY ? "gateway" : "job";
  }
}
