package io.connectorkit.itests.scripted;

import io.connectorkit.host.StepListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;

/**
 * Holds a run up at the step that a file names, says so in a second file, and waits to be killed; notes all steps in a third. The first
 * file is read when a run begins, so it never means the end of the run before.
 */
public final class CrashPoint implements StepListener {

  private final Path folder;
  private final AtomicReference<String> armed = new AtomicReference<>("");
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** Made by Declarative Services. */
  public CrashPoint(BundleContext context) {
    this.folder = Path.of(context.getProperty("kit.data"));
  }

  /** The file with an order: instance, step, and how many times it is to be reached. */
  public static Path order(Path data) {
    return data.resolve("crash.order");
  }

  /** The file that appears when the step is reached. */
  public static Path reachedMark(Path data) {
    return data.resolve("crash.reached");
  }

  /** The steps so far, each on a line behind its instance. */
  public static Path trace(Path data) {
    return data.resolve("crash.trace");
  }

  @Override
  public void reached(String instance, String step) {
    String name = instance + " " + step;
    try {
      if (step.equals("run.begun")) {
        counts.clear();
        armed.set(Files.exists(order(folder)) ? Files.readString(order(folder)).strip() : "");
      }
      int count = counts.merge(name, 1, Integer::sum);
      note(name);
      if (armed.get().equals(name + " " + count)) {
        Files.writeString(reachedMark(folder), name);
        waitForTheEnd();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void note(String line) throws IOException {
    Files.writeString(trace(folder), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void waitForTheEnd() {
    while (true) {
      LockSupport.park();
      Thread.interrupted();
    }
  }
}
