package io.connectorkit.host;

import java.util.ArrayList;
import java.util.List;

/** A failure that a person can do something about. Its message is one line: code, what, where, value, rule, remedy. */
public final class KitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final ArrayList<String> problems;

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
    this.problems = new ArrayList<>(List.of(getMessage()));
  }

  /**
   * Several problems that were found at once; the message has all of them.
   *
   * @param problems each a line of its own that begins with its code; at least one, whose code is that of the failure
   */
  public KitException(List<String> problems) {
    super(String.join("; ", problems));
    this.code = problems.get(0).substring(0, problems.get(0).indexOf(' '));
    this.problems = new ArrayList<>(problems);
  }

  /** The stable code; not null. */
  public String code() {
    return code;
  }

  /** Each problem on its own, with its code; most failures have one. */
  public List<String> problems() {
    return List.copyOf(problems);
  }
}
