package io.connectorkit.runtime.internal.stream;

import io.connectorkit.api.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * An event with its place in the log.
 *
 * @param sequence grows by one with each event of the instance, from 1
 */
record StoredEvent(long sequence, Event event) {

  /** The event as bytes, without the place. */
  static byte[] encode(Event event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.body().length + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(event.receivedAt().toEpochMilli());
      text(out, event.id());
      out.writeInt(event.headers().size());
      for (Map.Entry<String, String> header : event.headers().entrySet()) {
        text(out, header.getKey());
        text(out, header.getValue());
      }
      out.writeInt(event.body().length);
      out.write(event.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #encode} wrote. */
  static Event decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Instant receivedAt = Instant.ofEpochMilli(in.readLong());
      String id = text(in);
      Map<String, String> headers = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        headers.put(text(in), text(in));
      }
      return new Event(id, receivedAt, headers, in.readNBytes(in.readInt()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
