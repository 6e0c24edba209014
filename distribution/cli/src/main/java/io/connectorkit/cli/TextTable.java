package io.connectorkit.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;

/** A table for people, in plain text. */
final class TextTable {

  private static final int WIDEST = 80;

  private final List<Column> columns = new ArrayList<>();
  private final List<Object[]> rows = new ArrayList<>();

  TextTable column(String name) {
    return column(name, false);
  }

  TextTable number(String name) {
    return column(name, true);
  }

  TextTable column(String name, boolean number) {
    HorizontalAlign align = number ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
    columns.add(new Column().header(printable(name)).headerAlign(align).dataAlign(align).maxWidth(WIDEST));
    return this;
  }

  TextTable row(Object... cells) {
    Object[] texts = new Object[cells.length];
    for (int i = 0; i < cells.length; i++) {
      texts[i] = printable(String.valueOf(cells[i]));
    }
    rows.add(texts);
    return this;
  }

  @Override
  public String toString() {
    return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns.toArray(Column[]::new), rows.toArray(Object[][]::new));
  }

  /** Data may hold line breaks, which tear a table, and escape sequences, which a terminal would obey. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      switch (c) {
        case '\n' -> printable.append("\\n");
        case '\r' -> printable.append("\\r");
        case '\t' -> printable.append("\\t");
        default -> printable.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    });
    return printable.toString();
  }
}
