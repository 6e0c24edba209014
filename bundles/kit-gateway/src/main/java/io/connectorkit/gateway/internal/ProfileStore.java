package io.connectorkit.gateway.internal;

import com.fasterxml.jackson.core.JacksonException;
import io.connectorkit.host.StoredTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last profile of each table: {@code data/profiles/<source>/<table>.json}. All of it can be deleted, and comes again. A file has the time
 * of the rows that it is about, so that thousands of them can be looked through without reading one.
 */
final class ProfileStore {

  private static final String SUFFIX = ".json";

  private final Path root;

  ProfileStore(Path root) {
    this.root = root;
  }

  private Path file(StoredTable table) {
    return root.resolve(name(table.source())).resolve(name(table.table()) + SUFFIX);
  }

  private static String name(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace(".", "%2E");
  }

  /** What is kept of a table, as it is now or was before. */
  Optional<Profile> read(StoredTable table) {
    try {
      return Optional.of(Reply.json().readValue(Files.readAllBytes(file(table)), Profile.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      // Of another version, or cut off by a crash: as good as none.
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When the rows were extracted that the kept profile is about, to the millisecond. */
  Optional<Instant> extractedAt(StoredTable table) {
    try {
      return Optional.of(Files.getLastModifiedTime(file(table)).toInstant().truncatedTo(ChronoUnit.MILLIS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(StoredTable table, Profile profile) {
    Path file = file(table);
    try {
      Files.createDirectories(file.getParent());
      Path next = Files.createTempFile(file.getParent(), "next-", null);
      Files.write(next, Reply.json().writeValueAsBytes(profile));
      Files.setLastModifiedTime(next, FileTime.from(table.extractedAt().truncatedTo(ChronoUnit.MILLIS)));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes what is of tables that are gone. */
  void retain(List<StoredTable> tables) {
    Set<Path> wanted = tables.stream().map(this::file).collect(Collectors.toSet());
    Set<Path> folders = wanted.stream().map(Path::getParent).collect(Collectors.toSet());
    for (Path folder : list(root)) {
      list(folder).stream().filter(file -> !wanted.contains(file)).forEach(ProfileStore::delete);
      if (!folders.contains(folder)) {
        delete(folder);
      }
    }
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
