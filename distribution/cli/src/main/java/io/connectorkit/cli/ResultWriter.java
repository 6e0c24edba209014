package io.connectorkit.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Standard output. A failure to write comes as {@link OutputClosed}, so that code which reads from the gateway while it writes here
 * never takes one for the other.
 */
final class ResultWriter extends Writer {

  private final Writer out;

  ResultWriter(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  @Override
  public void write(char[] text, int offset, int length) {
    try {
      out.write(text, offset, length);
    } catch (IOException e) {
      throw new OutputClosed(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new OutputClosed(e);
    }
  }

  @Override
  public void close() {
    flush();
  }
}
