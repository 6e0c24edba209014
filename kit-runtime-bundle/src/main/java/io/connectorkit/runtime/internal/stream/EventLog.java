package io.connectorkit.runtime.internal.stream;

import io.connectorkit.api.Event;
import io.connectorkit.runtime.internal.store.Durable;
import io.connectorkit.runtime.internal.store.Trail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one instance in the order in which they came, in files that only grow. Whoever appends waits until the event is on disk;
 * those who come meanwhile share the next write (group commit). Safe from any thread.
 */
final class EventLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final long SEGMENT_BYTES = 16 << 20;

  /** An event on its way to the disk. */
  private static final class Pending {
    private final Event event;
    private final byte[] bytes;
    private long sequence;
    private IOException failure;
    private volatile boolean done;

    Pending(Event event) {
      this.event = event;
      this.bytes = StoredEvent.encode(event);
    }
  }

  private final Path folder;
  private final Trail trail;
  private final Consumer<Event> seen;
  private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final List<Segment> segments = new ArrayList<>();
  /** Open for writing; null before the first event and after a failure. */
  private FileChannel channel;
  private volatile long length;
  private volatile long closedBytes;
  private volatile long last;

  /**
   * Opens the log, and cuts off what a crash left unfinished at its end: nobody was told that it was there.
   *
   * @param seen gets every event that the log holds, oldest first
   */
  EventLog(Path folder, Trail trail, Consumer<Event> seen) throws IOException {
    this.folder = folder;
    this.trail = trail;
    this.seen = seen;
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(Segment.SUFFIX)).map(Segment::of).sorted(Comparator.comparingLong(Segment::first))
          .forEach(segments::add);
    }
    for (int i = 0; i < segments.size(); i++) {
      recover(segments.get(i), i + 1 < segments.size() ? segments.get(i + 1).first() : Long.MAX_VALUE);
    }
  }

  /** Reads a file up to its end, or to the first event of the next one: what a failed write left behind that counts for nothing. */
  private void recover(Segment segment, long end) throws IOException {
    long sequence = segment.first();
    try (FileChannel file = segment.open(StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long position = 0;
      for (Optional<byte[]> record; sequence < end && (record = Segment.read(file, position)).isPresent(); position += Segment.size(record.get())) {
        seen.accept(StoredEvent.decode(record.get()));
        sequence++;
      }
      if (end == Long.MAX_VALUE && position < file.size()) {
        LOG.warn("KIT-4020 {}: {} bytes behind event {} are no whole event and are cut off; they were never confirmed to their sender",
            segment.file(), file.size() - position, sequence - 1);
        file.truncate(position);
        file.force(true);
      }
      closedBytes += position;
    }
    last = end == Long.MAX_VALUE ? sequence - 1 : end - 1;
  }

  /** Sequence of the last event on disk; 0 before the first. */
  long last() {
    return last;
  }

  /** Bytes of all files, about. */
  long bytes() {
    return closedBytes + length;
  }

  /** Goes on where another log ended whose files are gone. */
  void beginBehind(long sequence) {
    writing.lock();
    try {
      if (segments.isEmpty() && last < sequence) {
        last = sequence;
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * Stores an event; on disk when it returns.
   *
   * @return its sequence
   */
  long append(Event event) throws IOException {
    Pending pending = new Pending(event);
    queue.add(pending);
    while (!pending.done) {
      writing.lock();
      try {
        if (!pending.done) {
          writeQueue();
        }
      } finally {
        writing.unlock();
      }
    }
    if (pending.failure != null) {
      throw new IOException(pending.failure.getMessage(), pending.failure);
    }
    return pending.sequence;
  }

  private void writeQueue() {
    List<Pending> batch = new ArrayList<>();
    for (Pending next; (next = queue.poll()) != null;) {
      batch.add(next);
    }
    IOException failure = null;
    try {
      write(batch);
    } catch (IOException e) {
      failure = e;
      giveUpSegment();
    }
    for (Pending pending : batch) {
      pending.failure = failure;
      pending.done = true;
    }
  }

  private void write(List<Pending> batch) throws IOException {
    if (channel == null || length > SEGMENT_BYTES) {
      roll();
    }
    long sequence = last;
    int bytes = batch.stream().mapToInt(pending -> Segment.size(pending.bytes)).sum();
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    for (Pending pending : batch) {
      pending.sequence = ++sequence;
      buffer.put(Segment.record(pending.bytes));
    }
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer, length + buffer.position());
    }
    trail.reached("inbox.written");
    channel.force(false);
    trail.reached("inbox.synced");
    length += bytes;
    batch.forEach(pending -> seen.accept(pending.event));
    last = sequence;
  }

  private void roll() throws IOException {
    close();
    closedBytes += length;
    length = 0;
    Segment next = Segment.in(folder, last + 1);
    // A file of that name holds nothing that was confirmed.
    channel = next.open(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    Durable.sync(folder);
    synchronized (segments) {
      segments.remove(next);
      segments.add(next);
    }
  }

  /** After a failed write nothing is known of the file's end: cut it off, and write into another one. */
  private void giveUpSegment() {
    try (FileChannel broken = channel) {
      if (broken != null) {
        broken.truncate(length);
        broken.force(true);
      }
    } catch (IOException e) {
      LOG.warn("KIT-4020 {}: the end of the log cannot be cut off after a failed write: {}", folder, e.getMessage());
    }
    channel = null;
  }

  private List<Segment> segments() {
    synchronized (segments) {
      return List.copyOf(segments);
    }
  }

  /** Reads on behind a sequence. For one thread. */
  EventReader readAfter(long sequence) {
    List<Segment> present = segments();
    long lost = present.isEmpty() ? 0 : present.get(0).first() - 1 - sequence;
    if (lost > 0) {
      LOG.error("KIT-4024 {}: {} events behind event {} are in no file any more and are passed over; somebody deleted files, a run repairs what is missing",
          folder, lost, sequence);
    }
    return new EventReader(this::segments, this::last, sequence + Math.max(0, lost));
  }

  /** What is done with a file. */
  interface FileAction {
    void accept(Path file) throws IOException;
  }

  /**
   * Deletes files all of whose events come before that sequence or are at it; the one that is written stays.
   *
   * @param retired gets each before it goes
   */
  void retire(long upTo, FileAction retired) throws IOException {
    List<Segment> present = segments();
    for (int i = 0; i + 1 < present.size() && present.get(i + 1).first() <= upTo + 1; i++) {
      retired.accept(present.get(i).file());
      closedBytes -= Files.size(present.get(i).file());
      Files.deleteIfExists(present.get(i).file());
      synchronized (segments) {
        segments.remove(present.get(i));
      }
    }
  }

  @Override
  public void close() throws IOException {
    writing.lock();
    try {
      if (channel != null) {
        channel.close();
        channel = null;
      }
    } finally {
      writing.unlock();
    }
  }
}
