package io.connectorkit.declaration;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a declaration. Its message is one line: code, where, value, rule, remedy. */
public final class DeclarationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ArrayList<String> problems;

  /** One problem, with its code. */
  DeclarationException(String code, String message) {
    this(List.of(code + " " + message));
  }

  /**
   * Several problems that were found at once; the message has all of them.
   *
   * @param problems each a line of its own that begins with its code; at least one
   */
  public DeclarationException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = new ArrayList<>(problems);
  }

  /** Each problem on its own, with its code: {@code KIT-} and four digits; at least one. */
  public List<String> problems() {
    return List.copyOf(problems);
  }
}
