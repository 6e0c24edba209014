package io.connectorkit.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What tests do with folders. */
public final class Folders {

  /** What is written while the product is used; a copy of the product starts without. */
  private static final Set<String> WRITTEN = Set.of("data", "deploy", "extracts");

  private Folders() {}

  /** The build folder of this module. */
  public static Path target() {
    return Path.of(System.getProperty("kit.target"));
  }

  /** What the host of this JVM has logged; each of the JVMs that run side by side has a log of its own. */
  public static Path log() {
    return target().resolve("itests-" + System.getProperty("kit.fork", "0") + ".log");
  }

  /** The unpacked product as the build left it. */
  public static Path product() {
    return Path.of(System.getProperty("kit.product")).normalize();
  }

  /** An empty folder, whatever was there before. */
  public static Path fresh(Path folder) {
    try {
      delete(folder);
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the product as somebody unpacks it who has not used it yet. */
  public static void copyProduct(Path target) {
    try (Stream<Path> walk = Files.walk(product())) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        Path relative = product().relativize(path);
        boolean used = WRITTEN.contains(relative.getName(0).toString()) && relative.getNameCount() > 1
            && !relative.endsWith("README.md");
        if (!used && Files.isDirectory(path)) {
          Files.createDirectories(target.resolve(relative.toString()));
        } else if (!used) {
          Files.copy(path, target.resolve(relative.toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries of a folder, by name; none if there is no folder. */
  public static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files below a folder, as paths relative to it. */
  public static List<String> tree(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a text into a file in one step, as a careful editor does. */
  public static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Path aside = file.resolveSibling("." + file.getFileName() + ".new");
      Files.writeString(aside, text);
      return Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file. */
  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> walk = Files.walk(folder)) {
        for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
