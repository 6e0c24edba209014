package io.connectorkit.host;

/**
 * A file in the deploy folder.
 *
 * @param file its name
 * @param state what became of it
 * @param bundle symbolic name; empty if it has none
 * @param version bundle version; empty if it has none
 * @param bundleId id of the installed bundle, or -1
 * @param sha256 of its content, in hex; empty if it could not be read
 * @param reason why it was rejected or cannot start, one line; empty otherwise
 */
public record DeployedFile(String file, State state, String bundle, String version, long bundleId, String sha256, String reason) {

  /** What became of a file. */
  public enum State {
    /** Installed and started. */
    DEPLOYED,
    /** Installed, but it does not resolve or start; tried again when other bundles come. */
    UNRESOLVED,
    /** Not installed. */
    REJECTED
  }
}
