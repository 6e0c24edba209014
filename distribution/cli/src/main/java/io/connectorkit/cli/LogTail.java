package io.connectorkit.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The lines by which a log file has grown, also across the moment when it is rolled over and begins anew. */
final class LogTail implements AutoCloseable {

  private final Path file;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private SeekableByteChannel channel;
  private Object key;

  LogTail(Path file) throws IOException {
    this.file = file;
    open();
  }

  /** Complete lines since the last call. */
  List<String> grown() throws IOException {
    List<String> lines = new ArrayList<>();
    read(lines);
    if (rolledOver()) {
      channel.close();
      open();
      read(lines);
    }
    return lines;
  }

  private void read(List<String> lines) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    while (channel.read(buffer) > 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        byte next = buffer.get();
        if (next == '\n') {
          lines.add(pending.toString(StandardCharsets.UTF_8));
          pending.reset();
        } else {
          pending.write(next);
        }
      }
      buffer.clear();
    }
  }

  private boolean rolledOver() throws IOException {
    try {
      return !Objects.equals(key, keyOf(file)) || Files.size(file) < channel.position();
    } catch (NoSuchFileException betweenOldAndNew) {
      return false;
    }
  }

  private void open() throws IOException {
    channel = Files.newByteChannel(file);
    key = keyOf(file);
  }

  private static Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
