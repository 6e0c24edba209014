package io.connectorkit.host;

/**
 * What became of an event that was sent.
 *
 * @param outcome for machines
 * @param message for people, one line; never what the body or a secret holds
 */
public record EventReceipt(Outcome outcome, String message) {

  /** What can become of it. */
  public enum Outcome {
    /** It is on disk. */
    STORED,
    /** It is one that came before. */
    KNOWN,
    /** Its signature is wrong or missing. */
    UNSIGNED,
    /** It is malformed, or too old. */
    REFUSED,
    /** It is larger than the instance takes. */
    TOO_LARGE,
    /** Nothing of that name takes events. */
    UNKNOWN_INSTANCE,
    /** It may be taken later: the instance is not ready, its secret is not set, the inbox is full or the disk fails. */
    LATER
  }
}
