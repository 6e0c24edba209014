package io.connectorkit.runtime.internal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** File operations that survive a power cut. */
public final class Durable {

  private Durable() {}

  /** Puts a file or folder on disk. */
  public static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Renames a finished file over another one, in one step.
   *
   * @param name of the target in the trail
   */
  public static void replace(Path finished, Path target, String name, Trail trail) throws IOException {
    sync(finished);
    trail.reached(name + ".synced");
    Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
    trail.reached(name + ".renamed");
    sync(target.getParent());
    trail.reached(name + ".kept");
  }

  /** What lies in a folder; nothing if there is none. */
  static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /** Deletes a file, or a folder with all in it. */
  public static void delete(Path path) throws IOException {
    try (Stream<Path> walk = Files.walk(path)) {
      for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException e) {
      // Already gone.
    }
  }
}
