package io.connectorkit.gateway.internal;

import io.connectorkit.host.KitException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts what goes through, and lets only so much through. */
final class CountedStream extends FilterOutputStream {

  private final long limit;
  private long count;

  CountedStream(OutputStream out, long limit) {
    super(out);
    this.limit = limit;
  }

  long count() {
    return count;
  }

  @Override
  public void write(int b) throws IOException {
    add(1);
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    add(length);
    out.write(bytes, offset, length);
  }

  private void add(int more) {
    count += more;
    if (count > limit) {
      throw new KitException("KIT-5004", "the result is larger than " + (limit >> 20) + " MiB; ask for less, or for JSON, which is cut there");
    }
  }

  /** The one who writes does not know that the answer goes on. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
