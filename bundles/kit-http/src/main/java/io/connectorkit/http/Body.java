package io.connectorkit.http;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** The body of an answer, unpacked: bounded, with its beginning kept for messages. */
final class Body extends FilterInputStream {

  private static final int KEPT = 1000;

  private final long most;
  private final UnaryOperator<IOException> reason;
  private final Runnable closed;
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private long count;

  /**
   * Wraps.
   *
   * @param most bytes; more are an error
   * @param reason gets a failure, and says what is behind it
   * @param closed run when it is closed
   */
  Body(InputStream stream, long most, UnaryOperator<IOException> reason, Runnable closed) {
    super(stream);
    this.most = most;
    this.reason = reason;
    this.closed = closed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read;
    try {
      read = super.read(bytes, from, length);
    } catch (IOException e) {
      throw reason.apply(e);
    }
    if (read > 0) {
      count += read;
      beginning.write(bytes, from, Math.min(read, Math.max(0, KEPT - beginning.size())));
      if (count > most) {
        throw new BadAnswer("is larger than " + most + " bytes; ask for smaller pages, or raise http.max_body_mib", false);
      }
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    return bytes <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(bytes, KEPT)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    closed.run();
    super.close();
  }

  /** Closes it, whatever comes of that: it is not needed any more. */
  void end() {
    try {
      close();
    } catch (IOException e) {
      // What it would say is known, or does not matter.
    }
  }

  /** What has been read of its beginning. */
  String beginning() {
    return beginning.toString(StandardCharsets.UTF_8);
  }

  long count() {
    return count;
  }
}
