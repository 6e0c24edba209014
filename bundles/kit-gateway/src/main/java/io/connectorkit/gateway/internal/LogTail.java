package io.connectorkit.gateway.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Reads the end of a log without reading all of it. */
final class LogTail {

  private static final int MOST_BYTES = 4 << 20;

  private LogTail() {}

  /** The last lines with a text in them, oldest first; of a large file only the last 4 MiB are looked at. */
  static List<String> of(Path file, int count, String text) throws IOException {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    byte[] bytes;
    boolean whole;
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, log.length() - MOST_BYTES);
      whole = from == 0;
      log.seek(from);
      bytes = new byte[(int) (log.length() - from)];
      log.readFully(bytes);
    }
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().skip(whole ? 0 : 1).toList();
    Deque<String> last = new ArrayDeque<>();
    for (int i = lines.size() - 1; i >= 0 && last.size() < count; i--) {
      if (lines.get(i).contains(text)) {
        last.addFirst(lines.get(i));
      }
    }
    return List.copyOf(last);
  }
}
