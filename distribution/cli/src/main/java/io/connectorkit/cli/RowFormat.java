package io.connectorkit.cli;

import java.io.IOException;
import java.util.List;

/** A way to print the rows of a query. */
interface RowFormat {

  void begin(List<ResultColumn> columns) throws IOException;

  /** Returns false if no more rows are wanted. */
  boolean row(List<Cell> cells) throws IOException;

  void end() throws IOException;
}
