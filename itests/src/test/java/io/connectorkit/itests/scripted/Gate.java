package io.connectorkit.itests.scripted;

import io.connectorkit.api.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds a read up for as long as a file is there, and says in another one ({@code .reached}) that it has come to it: so a test knows that a
 * run is in its middle, also from another process.
 */
public final class Gate {

  private static final long INTERVAL_NANOS = 5_000_000;

  private Gate() {}

  /** Waits while the gate is closed; ends early when the call is cancelled. */
  static void pass(Path gate, Cancellation cancellation) {
    if (!Files.exists(gate)) {
      return;
    }
    reached(gate);
    while (Files.exists(gate)) {
      cancellation.check();
      LockSupport.parkNanos(INTERVAL_NANOS);
    }
  }

  /** Waits while the gate is closed, whatever anybody says. */
  static void passDeaf(Path gate) {
    reached(gate);
    while (Files.exists(gate)) {
      LockSupport.parkNanos(INTERVAL_NANOS);
      Thread.interrupted();
    }
  }

  /** Whether somebody has been here before; leaves a mark. Without a name of a mark nobody has. */
  static boolean passedOnce(String mark) {
    if (mark.isEmpty() || Files.exists(Path.of(mark))) {
      return !mark.isEmpty();
    }
    try {
      Files.writeString(Path.of(mark), "");
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void reached(Path gate) {
    try {
      Files.writeString(reachedMark(gate), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file that appears when somebody waits at the gate. */
  public static Path reachedMark(Path gate) {
    return gate.resolveSibling(gate.getFileName() + ".reached");
  }
}
