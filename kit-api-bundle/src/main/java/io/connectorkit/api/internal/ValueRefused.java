package io.connectorkit.api.internal;

/** A Java value that does not fit its column without loss. */
final class ValueRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 60;

  ValueRefused(Object value, String rule) {
    super(shorten(value) + " is not " + rule, null, false, false);
  }

  private static String shorten(Object value) {
    if (value == null) {
      return "null";
    }
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
    text = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return "'" + text + "' (" + value.getClass().getSimpleName() + ")";
  }
}
