package io.connectorkit.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;

/** Puts each element of the outermost array on its own line. */
final class LinePerRow extends MinimalPrettyPrinter {

  private static final long serialVersionUID = 1L;

  @Override
  public void beforeArrayValues(JsonGenerator out) throws IOException {
    out.writeRaw('\n');
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
    out.writeRaw(",\n");
  }

  @Override
  public void writeEndArray(JsonGenerator out, int values) throws IOException {
    out.writeRaw("\n]");
  }
}
