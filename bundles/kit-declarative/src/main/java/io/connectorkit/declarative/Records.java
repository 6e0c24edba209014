package io.connectorkit.declarative;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.declaration.SourceColumn;
import io.connectorkit.declaration.SourceTable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pages of a table, each record with the fields of its columns. What is wrong with them leads to a line of the declaration. */
final class Records implements Iterator<List<Map<String, ?>>>, AutoCloseable {

  private final SourceTable table;
  private final Iterator<List<Map<String, Object>>> pages;
  private final Logger log;
  private final Set<SourceColumn> unseen;
  private boolean any;

  Records(SourceTable table, Iterator<List<Map<String, Object>>> pages, Logger log) {
    this.table = table;
    this.pages = pages;
    this.log = log;
    this.unseen = new HashSet<>(table.columns());
  }

  @Override
  public boolean hasNext() {
    boolean more = told(pages::hasNext);
    if (!more && any) {
      unseen.forEach(column -> log.log(Level.WARNING, "no record of table ''{0}'' has ''{1}'': its column stays null; {2}", table.info().sourceId(),
          column.path(), place(column) + " names the path"));
      unseen.clear();
    }
    return more;
  }

  @Override
  public List<Map<String, ?>> next() {
    List<Map<String, ?>> rows = new ArrayList<>();
    told(pages::next).forEach(record -> rows.add(row(record)));
    any |= !rows.isEmpty();
    return rows;
  }

  private Map<String, ?> row(Map<String, Object> record) {
    Map<String, Object> row = new HashMap<>();
    for (SourceColumn column : table.columns()) {
      Object value = Values.at(record, column.path());
      if (value != Values.ABSENT) {
        unseen.remove(column);
        row.put(column.name(), Values.of(column, value));
      }
    }
    return row;
  }

  private interface Step<T> {
    T get();
  }

  /** What trying again will not mend is most likely a wrong path. */
  private <T> T told(Step<T> step) {
    try {
      return step.get();
    } catch (ConnectorException e) {
      if (e.kind() != ConnectorException.Kind.PERMANENT) {
        throw e;
      }
      throw ConnectorException.permanent(e.getMessage() + "; see " + Declaration.YAML + ", line " + table.path().line() + ": " + table.path().key()
          + ", and line " + table.records().line() + ": " + table.records().key(), e);
    }
  }

  /** For a value that its column refuses. */
  String remedy(String column) {
    return table.columns().stream().filter(each -> each.name().equals(column)).findFirst()
        .map(each -> place(each) + " is " + each.type() + "; correct the type" + (each.path().equals(each.name()) ? "" : " or the path")).orElse("");
  }

  private static String place(SourceColumn column) {
    return Declaration.YAML + ", line " + column.line() + ": " + column.key();
  }

  @Override
  public void close() {
    if (pages instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw e instanceof RuntimeException own ? own : new IllegalStateException(e);
      }
    }
  }
}
