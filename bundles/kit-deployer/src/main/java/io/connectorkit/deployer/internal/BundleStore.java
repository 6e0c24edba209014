package io.connectorkit.deployer.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's own copies of the jars that it has installed, {@code data/bundles/<sha256>.jar}. What the gate has checked is what gets
 * installed, whatever happens to the file in the deploy folder; and there is a version to go back to. Beside them stands for each bundle
 * which content was good last, and which was taken back.
 */
final class BundleStore {

  private static final Logger LOG = LoggerFactory.getLogger(BundleStore.class);

  /** Content that was taken back, and why. */
  record Refusal(String sha256, String reason) {}

  private final Path folder;

  BundleStore(Path folder) {
    this.folder = folder;
  }

  /** A copy of a file, to be looked at. */
  Path take(Path file) throws IOException {
    Files.createDirectories(folder);
    Path copy = Files.createTempFile(folder, "incoming-", ".jar");
    try (InputStream content = Files.newInputStream(file); OutputStream out = Files.newOutputStream(copy)) {
      content.transferTo(out);
      return copy;
    } catch (IOException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  /** Keeps a copy that passed the gate. */
  Path keep(Path copy, String sha256) {
    try {
      return Files.move(copy, path(sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes content that nobody needs any more. */
  void drop(String sha256) {
    drop(path(sha256));
  }

  void drop(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      LOG.debug("{} stays", copy, e);
    }
  }

  /** The content of a bundle that was good last, if it is still there. */
  Optional<Jar> good(String symbolicName) {
    Properties notes = notes(symbolicName);
    String sha256 = notes.getProperty("good", "");
    return sha256.isEmpty() || !Files.exists(path(sha256)) ? Optional.empty()
        : Optional.of(new Jar("", symbolicName, Version.parseVersion(notes.getProperty("version")), sha256, path(sha256), ""));
  }

  /** The content of a bundle that was taken back last. */
  Optional<Refusal> refused(String symbolicName) {
    Properties notes = notes(symbolicName);
    return Optional.ofNullable(notes.getProperty("refused")).map(sha256 -> new Refusal(sha256, notes.getProperty("reason")));
  }

  /** Notes that a bundle was good with this content. */
  void confirm(Jar jar) {
    Properties before = notes(jar.symbolicName());
    if (jar.sha256().equals(before.getProperty("good")) && before.getProperty("refused") == null) {
      return;
    }
    Properties notes = new Properties();
    notes.setProperty("good", jar.sha256());
    notes.setProperty("version", jar.version().toString());
    write(jar.symbolicName(), notes);
  }

  /** Notes that this content was taken back. */
  void refuse(Jar jar, String reason) {
    Properties notes = notes(jar.symbolicName());
    notes.setProperty("refused", jar.sha256());
    notes.setProperty("reason", reason);
    write(jar.symbolicName(), notes);
  }

  /** Deletes what is neither in use nor the last good content of a bundle that is. */
  void sweep(Set<String> symbolicNames, Set<String> inUse) {
    Set<String> kept = symbolicNames.stream().flatMap(name -> good(name).stream()).map(Jar::sha256).collect(Collectors.toSet());
    kept.addAll(inUse);
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> {
        String name = file.getFileName().toString();
        return name.endsWith(".jar") ? !kept.contains(name.substring(0, name.length() - ".jar".length()))
            : !symbolicNames.contains(name.replaceFirst("\\.properties$", ""));
      }).forEach(this::drop);
    } catch (IOException e) {
      LOG.debug("{} cannot be swept", folder, e);
    }
  }

  private Path path(String sha256) {
    return folder.resolve(sha256 + ".jar");
  }

  private Path notesOf(String symbolicName) {
    return folder.resolve(symbolicName + ".properties");
  }

  private Properties notes(String symbolicName) {
    Properties notes = new Properties();
    try (InputStream stream = Files.newInputStream(notesOf(symbolicName))) {
      notes.load(stream);
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("nothing is known of {}", symbolicName, e);
    }
    return notes;
  }

  private void write(String symbolicName, Properties notes) {
    try {
      Path aside = Files.createTempFile(folder, "notes-", ".new");
      try (OutputStream stream = Files.newOutputStream(aside)) {
        notes.store(stream, null);
      }
      Files.move(aside, notesOf(symbolicName), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("KIT-1016 {} cannot be written: {}; after a restart of the host an upgrade may be tried once more", notesOf(symbolicName),
          e.toString());
    }
  }
}
