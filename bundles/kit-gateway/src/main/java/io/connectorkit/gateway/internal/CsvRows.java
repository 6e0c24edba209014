package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a result as CSV (RFC 4180): a missing value is nothing, an empty text is two quotes. */
final class CsvRows implements Catalog.Rows {

  private final OutputStream out;

  CsvRows(OutputStream out) {
    this.out = out;
  }

  @Override
  public void columns(List<String> names, List<String> types) {
    row(List.copyOf(names));
  }

  @Override
  public void row(List<Object> values) {
    try {
      out.write(values.stream().map(CsvRows::cell).collect(Collectors.joining(",", "", "\r\n")).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String cell(Object value) {
    String text = value == null ? "" : value instanceof java.math.BigDecimal number ? number.toPlainString() : value.toString();
    boolean quotes = value instanceof String && text.isEmpty() || text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return quotes ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** There is no place in CSV to say so. */
  @Override
  public void truncated() {
    throw new KitException("KIT-5004", "the result has more rows than are allowed; ask for less, or for JSON, which is cut there");
  }
}
