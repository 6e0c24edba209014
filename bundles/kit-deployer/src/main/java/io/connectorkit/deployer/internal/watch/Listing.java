package io.connectorkit.deployer.internal.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lists the files of a folder that count. */
class Listing {

  /** Hidden files, texts for people, and what tools call a copy that is not done. */
  private static final Pattern IGNORED = Pattern.compile("\\..*|README.*|.*\\.(rejected|part|filepart|tmp|crdownload)");

  /** Changes when a file does. Times are only compared for equality: a clock may be wrong, or be set. */
  record Stamp(long size, FileTime modified, Object key) {

    private static final Stamp UNREADABLE = new Stamp(-1, FileTime.fromMillis(0), null);
  }

  /**
   * A folder at one time.
   *
   * @param files by name, in order
   * @param key identity of the folder; null where the system has none
   * @param store what the folder is stored on
   */
  record Snapshot(Map<String, Stamp> files, Object key, String store) {}

  private final Path folder;
  private Object key;
  private String store = "";

  Listing(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /**
   * Reads the folder.
   *
   * @throws IOException if it cannot be read as a whole: what it holds is unknown then, and not nothing
   */
  Snapshot read() throws IOException {
    Object current = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    if (store.isEmpty() || current != null && !current.equals(key)) {
      store = store(folder);
      key = current;
    }
    Map<String, Stamp> stamps = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> add(file, stamps));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new Snapshot(stamps, current, store);
  }

  private static String store(Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      return store.name() + " " + store.type();
    } catch (IOException e) {
      // In some containers the JDK finds no mount point, though there are files.
      return "unknown";
    }
  }

  private static void add(Path file, Map<String, Stamp> stamps) {
    String name = file.getFileName().toString();
    if (IGNORED.matcher(name).matches()) {
      return;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      stamps.put(name, new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
    } catch (NoSuchFileException e) {
      // Went away while it was looked at, unless it is a link whose target did.
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        stamps.put(name, Stamp.UNREADABLE);
      }
    } catch (FileSystemException e) {
      stamps.put(name, Stamp.UNREADABLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
