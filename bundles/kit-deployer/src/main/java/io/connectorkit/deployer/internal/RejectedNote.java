package io.connectorkit.deployer.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why a file was rejected in a text beside it, for those who see the folder and not the log. A folder that cannot be written to goes
 * without; nothing depends on a note.
 */
final class RejectedNote {

  private static final Logger LOG = LoggerFactory.getLogger(RejectedNote.class);
  private static final String SUFFIX = ".rejected";

  /** Tells our notes from files of other people that happen to be called so. */
  private static final String MARK = "Rejected by Connector Kit at ";
  private static final int MAX_BYTES = 10_000;

  private final Path folder;

  RejectedNote(Path folder) {
    this.folder = folder;
  }

  /** Writes the note of a rejected file, unless it says the same already. */
  void write(Path file, String reason) {
    String name = file.getFileName().toString();
    Path note = note(name);
    Path aside = folder.resolve("." + name + SUFFIX + ".tmp");
    try {
      if (Files.exists(note, LinkOption.NOFOLLOW_LINKS) && lines(note).stream().findFirst().filter(reason::equals).isPresent()) {
        return;
      }
      Files.deleteIfExists(aside);
      Files.writeString(aside, reason + "\n" + MARK + Instant.now().truncatedTo(ChronoUnit.SECONDS)
          + ". Put a corrected file in its place; this note goes by itself.\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
      // A rename replaces a link and does not follow it.
      Files.move(aside, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      LOG.debug("no note for {}", file, e);
      delete(aside);
    }
  }

  /** Deletes the note of a file that is fine now, or has gone. */
  void clear(String name) {
    Path note = note(name);
    if (Files.exists(note, LinkOption.NOFOLLOW_LINKS) && lines(note).stream().anyMatch(line -> line.startsWith(MARK))) {
      delete(note);
    }
  }

  /** Deletes the notes of files that went while nobody watched. */
  void clearStale() {
    try (Stream<Path> files = Files.list(folder)) {
      files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .filter(name -> !name.isEmpty() && !Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)).forEach(this::clear);
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} cannot be listed", folder, e);
    }
  }

  private Path note(String name) {
    return folder.resolve(name + SUFFIX);
  }

  /** Of a note that can be one of ours; links are not followed. */
  private static List<String> lines(Path note) {
    try {
      return Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS) && Files.size(note) <= MAX_BYTES ? Files.readAllLines(note) : List.of();
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} cannot be read", note, e);
      return List.of();
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} cannot be deleted", file, e);
    }
  }
}
