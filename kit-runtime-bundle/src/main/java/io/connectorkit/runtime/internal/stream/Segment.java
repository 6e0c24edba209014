package io.connectorkit.runtime.internal.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One file of a log: records of length, checksum and bytes, one behind the other.
 *
 * @param first sequence of its first record
 */
record Segment(Path file, long first) {

  static final String SUFFIX = ".log";
  private static final int HEADER = 8;
  /** No record is larger: a length beyond it is damage. */
  private static final int MAX_RECORD = 64 << 20;

  static Segment in(Path folder, long first) {
    return new Segment(folder.resolve(String.format("%020d%s", first, SUFFIX)), first);
  }

  static Segment of(Path file) {
    String name = file.getFileName().toString();
    return new Segment(file, Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
  }

  /** A record as it lies in the file. */
  static ByteBuffer record(byte[] bytes) {
    ByteBuffer record = ByteBuffer.allocate(HEADER + bytes.length);
    record.putInt(bytes.length).putInt(checksum(bytes)).put(bytes);
    return record.flip();
  }

  /** How many bytes a record of that many takes. */
  static int size(byte[] bytes) {
    return HEADER + bytes.length;
  }

  FileChannel open(StandardOpenOption... options) throws IOException {
    return FileChannel.open(file, options);
  }

  /** The record at a position; empty where there is none, or none that is whole. */
  static Optional<byte[]> read(FileChannel channel, long position) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (!fill(channel, header, position)) {
      return Optional.empty();
    }
    int length = header.getInt();
    int checksum = header.getInt();
    if (length < 0 || length > MAX_RECORD || position + HEADER + length > channel.size()) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    return fill(channel, bytes, position + HEADER) && checksum(bytes.array()) == checksum ? Optional.of(bytes.array()) : Optional.empty();
  }

  private static boolean fill(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, position + buffer.position());
      if (read < 0) {
        return false;
      }
    }
    buffer.flip();
    return true;
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    // The checksum of nothing is nothing, and so is a hole in the file.
    return Arrays.hashCode(new long[] {checksum.getValue(), bytes.length});
  }
}
