package io.connectorkit.deployer.internal.gate;

import io.connectorkit.host.KitException;

/** Makes refusals. What they quote comes from a jar that nobody vouches for, so that it must not break the line or fill the log. */
public final class Refusal {

  private static final int HEAD = 600;
  /** The remedy stands at the end. */
  private static final int TAIL = 200;

  private Refusal() {}

  static KitException of(String code, String message) {
    return new KitException(code, line(message));
  }

  /** One line of bounded length. */
  public static String line(String text) {
    String printable = text.replaceAll("[\\p{Cc}\u2028\u2029]", "?");
    int length = printable.length();
    return length <= HEAD + TAIL ? printable : printable.substring(0, HEAD) + "..." + printable.substring(length - TAIL);
  }
}
