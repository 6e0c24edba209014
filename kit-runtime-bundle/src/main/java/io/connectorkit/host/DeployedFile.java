package io.connectorkit.host;

import java.time.Instant;

/**
 * A file in the deploy folder.
 *
 * @param file its name
 * @param state what became of it
 * @param bundle symbolic name; empty if it has none
 * @param version bundle version; empty if it has none
 * @param bundleId id of the installed bundle, or -1
 * @param sha256 of its content, in hex; empty if it could not be read
 * @param reason why it is not deployed, one line; empty otherwise
 * @param note what else there is to say, such as which version it replaced, one line; may be empty
 * @param since when this was found
 */
public record DeployedFile(
    String file, State state, String bundle, String version, long bundleId, String sha256, String reason, String note, Instant since) {

  /** What became of a file. */
  public enum State {
    /** Passed the gate, and is being installed. */
    DEPLOYING,
    /** Installed and started. */
    DEPLOYED,
    /** Installed, but a requirement of it is missing; tried again when other bundles come. */
    UNRESOLVED,
    /** Installed, but it does not start. */
    FAILED,
    /** Not needed: another file holds a newer version of the bundle, or the same. Its turn comes when that one goes. */
    SUPERSEDED,
    /** Not installed, or taken back: the version before it goes on, if there is one. */
    REJECTED
  }
}
