package io.connectorkit.runtime.internal.stream;

import io.connectorkit.runtime.internal.store.Durable;
import io.connectorkit.runtime.internal.store.Trail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Events that their connector could not deal with, each in a file of its own, with the reason. */
final class Quarantine {

  private static final String SUFFIX = ".event";

  private final Path folder;
  private final Trail trail;

  Quarantine(Path folder, Trail trail) throws IOException {
    this.folder = folder;
    this.trail = trail;
    Files.createDirectories(folder);
  }

  /**
   * An event that was set aside.
   *
   * @param since when
   * @param reason one line
   */
  record Entry(StoredEvent event, Instant since, String reason) {}

  /** Sets an event aside; on disk when it returns. */
  void add(StoredEvent event, Instant now, String reason) throws IOException {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] encoded = StoredEvent.encode(event.event());
    ByteBuffer bytes = ByteBuffer.allocate(12 + text.length + encoded.length);
    bytes.putLong(now.toEpochMilli()).putInt(text.length).put(text).put(encoded);
    Path unfinished = folder.resolve(event.sequence() + ".tmp");
    Files.write(unfinished, bytes.array());
    Durable.replace(unfinished, file(event.sequence()), "quarantine", trail);
  }

  private Path file(long sequence) {
    return folder.resolve(String.format("%020d%s", sequence, SUFFIX));
  }

  /** How many there are. */
  int size() throws IOException {
    return files().size();
  }

  /** The oldest ones. */
  List<Entry> list(int limit) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files().stream().limit(limit).toList()) {
      entries.add(read(file));
    }
    return entries;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted(Comparator.comparing(Path::getFileName)).toList();
    }
  }

  /** The one with that sequence. */
  Optional<Entry> find(long sequence) throws IOException {
    return Files.exists(file(sequence)) ? Optional.of(read(file(sequence))) : Optional.empty();
  }

  private static Entry read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    Instant since = Instant.ofEpochMilli(bytes.getLong());
    byte[] reason = new byte[bytes.getInt()];
    bytes.get(reason);
    byte[] encoded = new byte[bytes.remaining()];
    bytes.get(encoded);
    String name = file.getFileName().toString();
    long sequence = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    return new Entry(new StoredEvent(sequence, StoredEvent.decode(encoded)), since, new String(reason, StandardCharsets.UTF_8));
  }

  /** Forgets one. */
  void remove(long sequence) throws IOException {
    Files.deleteIfExists(file(sequence));
    Durable.sync(folder);
  }
}
