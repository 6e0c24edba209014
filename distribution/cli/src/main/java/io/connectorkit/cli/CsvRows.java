package io.connectorkit.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * RFC 4180 with a header line, but with line feeds alone at the ends of lines, as the shell wants them. NULL is an empty field, the empty
 * text a quoted one, so that both come back as they were.
 */
final class CsvRows implements RowFormat {

  private final CSVPrinter minimal;
  private final CSVPrinter quoting;

  CsvRows(Writer out) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setNullString("").setRecordSeparator('\n').get();
    minimal = format.print(out);
    quoting = format.builder().setQuoteMode(QuoteMode.ALL_NON_NULL).get().print(out);
  }

  @Override
  public void begin(List<ResultColumn> columns) throws IOException {
    minimal.printRecord(columns.stream().map(ResultColumn::name));
  }

  @Override
  public boolean row(List<Cell> cells) throws IOException {
    boolean hasEmptyText = cells.stream().anyMatch(cell -> !cell.isNull() && cell.text().isEmpty());
    (hasEmptyText ? quoting : minimal).printRecord(cells.stream().map(Cell::text));
    return true;
  }

  @Override
  public void end() throws IOException {
    minimal.flush();
  }
}
