package io.connectorkit.connector.jdbc;

import io.connectorkit.api.ReadRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.arrow.vector.types.pojo.Field;

/** The rows of a query, in the order of the table's columns; null stands in columns that nobody wants. */
final class ResultRows implements Iterator<Object[]> {

  private final ReadRequest request;
  private final List<AnyColumn> wanted;
  private final PreparedStatement statement;
  private final int[] places;
  private ResultSet rows;
  private boolean ahead;
  private boolean ended;

  ResultRows(ReadRequest request, List<AnyColumn> wanted, PreparedStatement statement) {
    this.request = request;
    this.wanted = wanted;
    this.statement = statement;
    List<String> all = request.table().schema().getFields().stream().map(Field::getName).toList();
    this.places = wanted.stream().mapToInt(column -> all.indexOf(column.name())).toArray();
  }

  Stream<Object[]> stream() {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, 0), false);
  }

  @Override
  public boolean hasNext() {
    if (!ahead && !ended) {
      try {
        rows = rows == null ? statement.executeQuery() : rows;
        ahead = rows.next();
        ended = !ahead;
      } catch (SQLException e) {
        throw Failures.of(Failures.of(request.table()), e);
      }
    }
    return ahead;
  }

  @Override
  public Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ahead = false;
    Object[] row = new Object[request.table().schema().getFields().size()];
    try {
      for (int i = 0; i < places.length; i++) {
        row[places[i]] = wanted.get(i).fetch().from(rows, i + 1);
      }
      return row;
    } catch (SQLException e) {
      throw Failures.of(Failures.of(request.table()), e);
    }
  }
}
