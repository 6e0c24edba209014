package io.connectorkit.runtime.internal.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Reads a log in order, as far as it is on disk. For one thread. */
final class EventReader implements AutoCloseable {

  private final Supplier<List<Segment>> segments;
  private final LongSupplier last;
  private long sequence;
  private Segment segment;
  private FileChannel channel;
  private long position;

  /**
   * Begins.
   *
   * @param sequence what comes after it is read
   */
  EventReader(Supplier<List<Segment>> segments, LongSupplier last, long sequence) {
    this.segments = segments;
    this.last = last;
    this.sequence = sequence;
  }

  /** The next events; none if there are none yet. At least one, if there is one, whatever its size. */
  List<StoredEvent> next(int maxEvents, long maxBytes) throws IOException {
    List<StoredEvent> events = new ArrayList<>();
    long bytes = 0;
    while (events.size() < maxEvents && bytes < maxBytes && sequence < last.getAsLong()) {
      byte[] record = record(sequence + 1);
      sequence++;
      bytes += record.length;
      events.add(new StoredEvent(sequence, StoredEvent.decode(record)));
    }
    return events;
  }

  /** Sequence of the last event that was read. */
  long sequence() {
    return sequence;
  }

  private byte[] record(long wanted) throws IOException {
    seek(wanted);
    Optional<byte[]> record = Segment.read(channel, position);
    if (record.isEmpty()) {
      throw new IOException(segment.file() + " is damaged at byte " + position + ", before event " + wanted);
    }
    position += Segment.size(record.get());
    return record.get();
  }

  /** Goes to the file that holds the event, and in it to its beginning. */
  private void seek(long wanted) throws IOException {
    Segment holder = null;
    for (Segment each : segments.get()) {
      if (each.first() <= wanted) {
        holder = each;
      }
    }
    if (holder == null) {
      throw new IOException("event " + wanted + " is in no file of the log any more");
    }
    if (holder.equals(segment)) {
      return;
    }
    close();
    channel = holder.open(StandardOpenOption.READ);
    segment = holder;
    position = 0;
    for (long skipped = holder.first(); skipped < wanted; skipped++) {
      long at = skipped;
      position += Segment.size(Segment.read(channel, position).orElseThrow(() -> new IOException(segment.file() + " is damaged at event " + at)));
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
      segment = null;
    }
  }
}
