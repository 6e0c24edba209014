package io.connectorkit.launcher;

/** How long a host lives, and who it serves. */
public enum HostMode {
  /** The one host of a home: extracts by itself, runs until it is told to stop. */
  GATEWAY,
  /** A host for one command while no gateway runs: does nothing by itself. */
  JOB,
  /** The same, and it sees nothing of what is deployed or extracted: only the settings in etc are those of the home. */
  ASIDE;

  /** The value of the framework property {@code kit.mode}. */
  public String property() {
    return this == GATEWAY ? "gateway" : "job";
  }
}
