package io.connectorkit.connector.keboola;

import io.connectorkit.api.ConnectorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Copies a slice to a file: unpacked and without its header, whether it has one or not. Counts its records on the way, so that what is missing
 * is noticed, and tells the longest one, which DuckDB has to know.
 */
final class SliceCopy {

  /** So much is written at a time; the network gives far less, and each write is a call of the system. */
  private static final int PIECE = 1 << 18;
  private static final int LONGEST_HEADER = 1 << 20;

  private final List<String> columns;
  private long records;
  private long longest;
  private long length;
  private boolean quoted;

  /** For a slice with these columns. */
  SliceCopy(List<String> columns) {
    this.columns = columns;
  }

  long records() {
    return records;
  }

  long longest() {
    return longest;
  }

  /** Copies; an {@link IOException} means that the source broke off. */
  void copy(InputStream raw, Path target) throws IOException {
    records = 0;
    longest = 0;
    length = 0;
    quoted = false;
    try (InputStream in = unpacked(raw); OutputStream out = open(target)) {
      byte[] piece = new byte[PIECE];
      ByteArrayOutputStream first = new ByteArrayOutputStream();
      for (int read; (read = in.readNBytes(piece, 0, PIECE)) > 0;) {
        int from = first == null ? 0 : first(piece, read, first);
        if (from >= 0 && first != null) {
          begin(first.toByteArray(), out);
          first = null;
        }
        if (from >= 0) {
          count(piece, from, read);
          write(out, piece, from, read - from);
        }
      }
      if (quoted) {
        throw new IOException("it ends within a quoted cell");
      }
      if (first != null && first.size() > 0) {
        begin(first.toByteArray(), out);
      }
      if (length > 0) {
        ended();
      }
    }
  }

  /** Told by its first bytes: what the name and the headers say of it differs from cloud to cloud. */
  private static InputStream unpacked(InputStream raw) throws IOException {
    PushbackInputStream in = new PushbackInputStream(raw, 2);
    byte[] magic = in.readNBytes(2);
    in.unread(magic);
    return magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b ? new GZIPInputStream(in, PIECE) : in;
  }

  /** Takes the first record; where it ends in the piece, or -1 if it does not. */
  private int first(byte[] piece, int read, ByteArrayOutputStream record) {
    for (int i = 0; i < read; i++) {
      quoted ^= piece[i] == '"';
      if (piece[i] == '\n' && !quoted || record.size() + i > LONGEST_HEADER) {
        record.write(piece, 0, i + 1);
        return i + 1;
      }
    }
    record.write(piece, 0, read);
    return -1;
  }

  private void begin(byte[] record, OutputStream out) {
    if (!header(new String(record, StandardCharsets.UTF_8))) {
      quoted = false;
      count(record, 0, record.length);
      write(out, record, 0, record.length);
    }
  }

  private boolean header(String record) {
    if (record.endsWith("\r\n")) {
      throw ConnectorException.permanent("a slice of the export has lines that end with CR and LF, where Keboola's end with LF", null);
    }
    List<String> cells = cells(record.endsWith("\n") ? record.substring(0, record.length() - 1) : record);
    if (!cells.equals(columns) && columns.size() > 1 && new HashSet<>(cells).equals(new HashSet<>(columns))) {
      throw ConnectorException.permanent("a slice of the export has the columns " + cells + ", and not in the order " + columns, null);
    }
    return cells.equals(columns);
  }

  private static List<String> cells(String record) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < record.length(); i++) {
      char c = record.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < record.length() && record.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private void count(byte[] bytes, int from, int to) {
    int begun = from;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '"') {
        quoted = !quoted;
      } else if (b == '\n' && !quoted) {
        length += i + 1 - begun;
        begun = i + 1;
        ended();
      }
    }
    length += to - begun;
  }

  private void ended() {
    records++;
    longest = Math.max(longest, length);
    length = 0;
  }

  private static OutputStream open(Path target) {
    try {
      return Files.newOutputStream(target);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static void write(OutputStream out, byte[] bytes, int from, int count) {
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** No failure of the source, which would be tried again. */
  private static ConnectorException unwritable(IOException e) {
    return ConnectorException.permanent("the export cannot be kept on the disk: " + e.getMessage() + "; free some space, and run again", e);
  }
}
