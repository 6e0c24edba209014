package io.connectorkit.host;

/** A failure that a person can do something about. Its message is one line: code, what, where, value, rule, remedy. */
public final class KitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * A failure without another one behind it.
   *
   * @param code stable, {@code KIT-} and four digits: 1 deploy, 2 configuration, 3 extraction, 4 store, 5 query
   */
  public KitException(String code, String message) {
    this(code, message, null);
  }

  /** A failure with a cause, which may be null. */
  public KitException(String code, String message, Throwable cause) {
    super(code + " " + message, cause);
    this.code = code;
  }

  /** The stable code; not null. */
  public String code() {
    return code;
  }
}
