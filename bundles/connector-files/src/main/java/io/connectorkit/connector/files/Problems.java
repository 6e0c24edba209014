package io.connectorkit.connector.files;

/** Messages of DuckDB made fit for people. */
final class Problems {

  private Problems() {}

  /** On one line, without DuckDB's hints: most of them name settings of its own, and some would lose rows. */
  static String oneLine(Throwable e) {
    String message = String.valueOf(e.getMessage()).replaceAll("(?s)\\s*(Possible fixes|Possible Solution|Try setting|LINE 1).*", "");
    return message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
