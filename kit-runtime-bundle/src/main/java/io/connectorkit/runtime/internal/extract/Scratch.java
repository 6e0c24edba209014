package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.runtime.internal.store.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders for files of single calls. Those of processes that were killed are removed when the next one begins. */
final class Scratch {

  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
  private static final String PREFIX = "scratch-";

  private final Path root;

  /**
   * Removes what is left over.
   *
   * @param tmp where processes have their folders
   */
  Scratch(Path tmp) {
    this.root = tmp.resolve(PREFIX + ProcessHandle.current().pid());
    for (Path folder : folders(tmp)) {
      if (folder.equals(root) || dead(folder)) {
        delete(folder);
      }
    }
  }

  private static List<Path> folders(Path tmp) {
    try (Stream<Path> all = Files.isDirectory(tmp) ? Files.list(tmp) : Stream.empty()) {
      return all.filter(each -> each.getFileName().toString().matches(PREFIX + "\\d{1,18}")).toList();
    } catch (IOException e) {
      LOG.warn("KIT-4005 {}: old files cannot be removed: {}", tmp, e.toString());
      return List.of();
    }
  }

  private static boolean dead(Path folder) {
    return ProcessHandle.of(Long.parseLong(folder.getFileName().toString().substring(PREFIX.length()))).isEmpty();
  }

  /** A new folder. */
  Path folder(String instance) {
    try {
      Files.createDirectories(root);
      return Files.createTempDirectory(root, instance + "-");
    } catch (IOException e) {
      throw ConnectorException.permanent("no folder for files can be made in " + root + ": " + e + "; check the disk", e);
    }
  }

  /** Removes a folder with all in it. */
  static void delete(Path folder) {
    try {
      Durable.delete(folder);
    } catch (IOException | RuntimeException e) {
      LOG.warn("KIT-4005 {}: old files cannot be removed: {}", folder, e.toString());
    }
  }

  /** Removes all. */
  void close() {
    delete(root);
  }
}
