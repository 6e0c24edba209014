package io.connectorkit.runtime.internal.store;

import java.io.IOException;
import java.nio.file.Path;

/** Tries to take a lock from a process of its own. */
final class LockProbe {

  private LockProbe() {}

  public static void main(String[] arguments) throws IOException {
    ExtractLock.acquire(new ExtractPaths(Path.of(arguments[0]))).close();
  }
}
