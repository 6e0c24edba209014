package io.connectorkit.cli;

import java.util.regex.Pattern;

/** A column of a query's result, with the name of its type in DuckDB. */
record ResultColumn(String name, String type) {

  private static final Pattern NUMBER = Pattern.compile("U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL(\\(.*\\))?");

  boolean isNumber() {
    return NUMBER.matcher(type).matches();
  }
}
