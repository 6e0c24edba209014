package io.connectorkit.cli;

/** Exit codes of kit, as README.txt of the product lists them. */
final class ExitCode {

  static final int OK = 0;
  static final int FAILED = 1;
  static final int PARTIAL = 2;
  static final int NO_GATEWAY = 3;
  static final int USAGE = 64;
  /** What a shell reports of a process that died of writing into a closed pipe. */
  static final int OUTPUT_CLOSED = 141;

  private ExitCode() {}

  /** Of a run's outcome: OK, PARTIAL, FAILED or CANCELLED. */
  static int ofRun(String outcome) {
    return switch (outcome) {
      case "OK" -> OK;
      case "PARTIAL" -> PARTIAL;
      default -> FAILED;
    };
  }
}
