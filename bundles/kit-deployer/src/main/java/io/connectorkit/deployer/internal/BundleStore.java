package io.connectorkit.deployer.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
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
  /** Copies that are being looked at: a sweep must not take them for left-overs. */
  private final Set<Path> underway = new HashSet<>();

  BundleStore(Path folder) {
    this.folder = folder;
  }

  /** A copy of a file, to be looked at. */
  Path take(Path file) throws IOException {
    Path copy = underway();
    try (InputStream content = Files.newInputStream(file); OutputStream out = Files.newOutputStream(copy)) {
      content.transferTo(out);
      return copy;
    } catch (IOException e) {
      drop(copy);
      throw e;
    }
  }

  private synchronized Path underway() throws IOException {
    Files.createDirectories(folder);
    Path copy = Files.createTempFile(folder, "incoming-", ".jar");
    underway.add(copy);
    return copy;
  }

  /** Keeps a copy that passed the gate. */
  synchronized Path keep(Path copy, String sha256) {
    try {
      underway.remove(copy);
      return Files.move(copy, path(sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes content that nobody needs any more. */
  void drop(String sha256) {
    drop(path(sha256));
  }

  synchronized void drop(Path copy) {
    try {
      underway.remove(copy);
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      LOG.debug("{} stays", copy, e);
    }
  }

  /** The content of a bundle that was good last, if it is still there. */
  Optional<Jar> good(String symbolicName) {
    Properties notes = notes(symbolicName);
    String sha256 = notes.getProperty("good", "");
    try {
      return sha256.isEmpty() || !Files.exists(path(sha256)) ? Optional.empty()
          : Optional.of(new Jar("", symbolicName, Version.parseVersion(notes.getProperty("version")), sha256, path(sha256), ""));
    } catch (IllegalArgumentException e) {
      LOG.debug("the notes on {} are damaged", symbolicName, e);
      return Optional.empty();
    }
  }

  /** The content of a bundle that was taken back last. */
  Optional<Refusal> refused(String symbolicName) {
    Properties notes = notes(symbolicName);
    return Optional.ofNullable(notes.getProperty("refused")).map(sha256 -> new Refusal(sha256, notes.getProperty("reason", "KIT-1015 it was taken back")));
  }

  /** Notes that a bundle was good with this content. */
  void confirm(Jar jar) {
    if (good(jar.symbolicName()).filter(jar::sameContent).isPresent() && refused(jar.symbolicName()).isEmpty()) {
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

  /** A bundle was removed: nothing of it shall come back by itself. */
  void forget(String symbolicName) {
    good(symbolicName).map(Jar::copy).ifPresent(this::drop);
    drop(notesOf(symbolicName));
  }

  /** Deletes what is neither in use nor the last good content of a bundle that is. */
  synchronized void sweep(Set<String> symbolicNames, Set<String> inUse) {
    Set<String> kept = symbolicNames.stream().flatMap(name -> good(name).stream()).map(Jar::sha256).collect(Collectors.toSet());
    kept.addAll(inUse);
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> !underway.contains(file)).filter(file -> {
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

  private synchronized void write(String symbolicName, Properties notes) {
    Path aside = null;
    try {
      aside = Files.createTempFile(folder, "notes-", ".new");
      try (OutputStream stream = Files.newOutputStream(aside)) {
        notes.store(stream, null);
      }
      Files.move(aside, notesOf(symbolicName), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("KIT-1016 {} cannot be written: {}; after a restart of the host an upgrade may be tried once more", notesOf(symbolicName),
          e.toString());
      if (aside != null) {
        drop(aside);
      }
    }
  }
}
