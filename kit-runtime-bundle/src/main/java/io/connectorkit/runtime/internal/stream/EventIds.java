package io.connectorkit.runtime.internal.stream;

import io.connectorkit.api.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which events came lately, by id and by body: a body that comes again is the same event, whatever its headers say, since only the body is
 * signed. Remembers a bounded number, over restarts as well. Safe from any thread.
 */
final class EventIds {

  private static final String SUFFIX = ".ids";
  private static final int BYTES = 16;

  /** Half of a digest: enough that no two events of a lifetime share one. */
  private record Digest(long high, long low) {

    static Digest of(byte[] bytes) {
      try {
        ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        return new Digest(digest.getLong(), digest.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final Path folder;
  private final int window;
  private final Set<Digest> digests = new LinkedHashSet<>();

  /**
   * Reads those of events whose files are gone.
   *
   * @param window how many digests are remembered
   */
  EventIds(Path folder, int window) throws IOException {
    this.folder = folder;
    this.window = window;
    for (Path file : files()) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      while (bytes.remaining() >= BYTES) {
        add(new Digest(bytes.getLong(), bytes.getLong()));
      }
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted(Comparator.comparing(Path::getFileName)).toList();
    }
  }

  private static List<Digest> digests(Event event) {
    return List.of(Digest.of(event.body()), Digest.of(event.id().getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether it is an event that came before. */
  synchronized boolean contains(Event event) {
    return digests(event).stream().anyMatch(digests::contains);
  }

  /** Remembers an event. */
  synchronized void add(Event event) {
    digests(event).forEach(this::add);
  }

  private void add(Digest digest) {
    digests.remove(digest);
    digests.add(digest);
    if (digests.size() > window) {
      var oldest = digests.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Keeps the ids of a file of the log that goes, and lets go of files that nobody needs any more. */
  void keep(Path segment) throws IOException {
    List<Digest> all = new ArrayList<>();
    try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
      long position = 0;
      for (Optional<byte[]> record; (record = Segment.read(file, position)).isPresent(); position += Segment.size(record.get())) {
        all.addAll(digests(StoredEvent.decode(record.get())));
      }
    }
    ByteBuffer bytes = ByteBuffer.allocate(all.size() * BYTES);
    all.forEach(digest -> bytes.putLong(digest.high()).putLong(digest.low()));
    Path file = folder.resolve(segment.getFileName().toString().replace(Segment.SUFFIX, SUFFIX));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(bytes.flip());
      channel.force(true);
    }
    List<Path> files = new ArrayList<>(files());
    long later = 0;
    for (int i = files.size() - 1; i >= 0; i--) {
      if (later >= (long) window * BYTES) {
        Files.delete(files.get(i));
      } else {
        later += Files.size(files.get(i));
      }
    }
  }
}
