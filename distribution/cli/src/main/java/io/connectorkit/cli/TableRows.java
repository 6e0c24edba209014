package io.connectorkit.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for people. Its widths are known only when all rows are, so it stops at a limit and says so. */
final class TableRows implements RowFormat {

  private final Console console;
  private final int limit;
  private final List<Object[]> rows = new ArrayList<>();
  private TextTable table;
  private boolean cut;

  TableRows(Console console, int limit) {
    this.console = console;
    this.limit = limit;
  }

  @Override
  public void begin(List<ResultColumn> columns) {
    table = new TextTable();
    columns.forEach(column -> table.column(column.name(), column.isNumber()));
  }

  @Override
  public boolean row(List<Cell> cells) {
    cut = rows.size() == limit;
    if (!cut) {
      rows.add(cells.stream().map(cell -> cell.isNull() ? "∅" : cell.text()).toArray());
    }
    return !cut;
  }

  @Override
  public void end() {
    rows.forEach(table::row);
    console.print(table.toString());
    console.say(cut ? "The first " + limit + " rows; --limit N shows more, --format csv or json all of them"
        : Units.count(rows.size(), "row"));
  }
}
