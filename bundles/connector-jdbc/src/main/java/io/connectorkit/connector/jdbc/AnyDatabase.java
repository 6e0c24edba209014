package io.connectorkit.connector.jdbc;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Any database, by what its driver says: rows come through a cursor, large tables in ranges of their key where the operator says so. */
final class AnyDatabase extends Database {

  private static final Pattern INTERNAL = Pattern.compile("(?i)information_schema|pg_.*|sys|system|mysql|performance_schema|sysibm.*|syscat|sysstat");
  private static final Pattern PIECE = Pattern.compile("range:(-?\\d*):(-?\\d*)");
  private static final int MOST_FETCHED = 5_000;

  AnyDatabase(ConnectorContext context, Connection connection) {
    super(context, connection);
  }

  @Override
  String quote() throws SQLException {
    return Optional.ofNullable(connection.getMetaData().getIdentifierQuoteString()).orElse("").strip();
  }

  @Override
  List<TableInfo> tables() throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    Map<TableId, Boolean> found = new LinkedHashMap<>();
    try (ResultSet row = metadata.getTables(connection.getCatalog(), null, "%", null)) {
      while (row.next()) {
        String schema = Optional.ofNullable(row.getString("TABLE_SCHEM")).orElse(Optional.ofNullable(row.getString("TABLE_CAT")).orElse(""));
        String type = Optional.ofNullable(row.getString("TABLE_TYPE")).orElse("");
        TableId id = new TableId(schema.isEmpty() ? List.of(row.getString("TABLE_NAME")) : List.of(schema, row.getString("TABLE_NAME")));
        if (type.matches("(?i)(base |partitioned |foreign )?table|(materialized )?view") && !INTERNAL.matcher(schema).matches()
            && TableOptions.wanted(context.settings(), id, main(id))) {
          found.put(id, type.toUpperCase(Locale.ROOT).endsWith("TABLE"));
        }
      }
    }
    List<TableInfo> tables = new ArrayList<>();
    for (Map.Entry<TableId, Boolean> each : found.entrySet()) {
      TableOptions options = TableOptions.of(context.settings(), each.getKey(), main(each.getKey()));
      try {
        List<String> key = key(metadata, each.getKey());
        List<Field> fields = columns(options).stream().map(column -> column.field(!key.contains(column.name()))).toList();
        tables.add(options.table(fields, key, each.getValue(), ""));
      } catch (SQLException e) {
        if (Failures.of("", e).kind() == ConnectorException.Kind.TRANSIENT) {
          throw e;
        }
        context.log().log(Level.WARNING, "table '" + each.getKey() + "' is left out, since its columns cannot be had: " + Failures.message(e));
      }
    }
    return tables;
  }

  /** Whether names without a schema mean the one that a table lies in. */
  private boolean main(TableId id) throws SQLException {
    return id.schema().isEmpty() || id.schema().equals(Optional.ofNullable(connection.getSchema()).orElse(connection.getCatalog()));
  }

  private List<String> key(DatabaseMetaData metadata, TableId id) throws SQLException {
    Map<Integer, String> key = new TreeMap<>();
    boolean schemas = connection.getSchema() != null;
    try (ResultSet row = metadata.getPrimaryKeys(connection.getCatalog(), schemas && !id.schema().isEmpty() ? id.schema() : null, id.name())) {
      while (row.next()) {
        key.put(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(key.values());
  }

  private List<AnyColumn> columns(TableOptions options) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + options.id().sql(quote()) + " WHERE 1 = 0")) {
      List<AnyColumn> columns = new ArrayList<>();
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        columns.add(AnyColumn.of(none.getMetaData(), i, options.type(none.getMetaData().getColumnLabel(i))));
      }
      return columns;
    }
  }

  private TableOptions options(ReadRequest request) throws SQLException {
    TableId id = TableId.parse(request.table().sourceId());
    return TableOptions.of(context.settings(), id, main(id));
  }

  @Override
  List<Split> splits(ReadRequest request) throws SQLException {
    int pieces = options(request).pieces().orElse(1);
    List<String> key = request.table().primaryKey();
    if (pieces == 1 || key.size() != 1 || !(request.table().schema().findField(key.get(0)).getType() instanceof ArrowType.Int)
        || request.watermark().isPresent() || !request.filters().isEmpty()) {
      return List.of(Split.WHOLE);
    }
    String column = TableId.quoted(key.get(0), quote());
    try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("SELECT min(" + column + "), max(" + column
        + ") FROM " + TableId.parse(request.table().sourceId()).sql(quote()))) {
      row.next();
      return row.getBigDecimal(1) == null ? List.of(Split.WHOLE)
          : ranges(row.getBigDecimal(1).toBigIntegerExact(), row.getBigDecimal(2).toBigIntegerExact(), pieces);
    }
  }

  /** The first has no lower end and the last no upper one: the table may have grown. */
  private static List<Split> ranges(BigInteger low, BigInteger high, int pieces) {
    List<Split> ranges = new ArrayList<>();
    BigInteger width = high.subtract(low).divide(BigInteger.valueOf(pieces)).add(BigInteger.ONE);
    for (int i = 0; i < pieces; i++) {
      BigInteger from = low.add(width.multiply(BigInteger.valueOf(i)));
      ranges.add(new Split(1, "range:" + (i == 0 ? "" : from) + ":" + (i == pieces - 1 ? "" : from.add(width))));
    }
    return ranges;
  }

  @Override
  BatchSource read(ReadRequest request) throws SQLException {
    String quote = quote();
    TableOptions options = options(request);
    List<AnyColumn> columns = columns(options);
    List<AnyColumn> wanted = request.columns().stream().map(name -> column(request, columns, name)).toList();
    List<Object> values = new ArrayList<>();
    Where where = new Where(quote, value -> {
      values.add(value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
      return Optional.of("?");
    }).of(request, columns.stream().filter(AnyColumn::comparable).map(AnyColumn::name).collect(Collectors.toSet()));
    piece(request, where, quote);
    connection.setAutoCommit(false);
    PreparedStatement statement = connection.prepareStatement("SELECT " + wanted.stream().map(column -> TableId.quoted(column.name(), quote))
        .collect(Collectors.joining(", ")) + " FROM " + options.id().sql(quote) + where.sql());
    // MySQL's driver streams for this number only, and otherwise takes all rows into memory.
    boolean mysql = connection.getMetaData().getURL().startsWith("jdbc:mysql:");
    statement.setFetchSize(mysql ? Integer.MIN_VALUE : Math.min(request.batchSize(), MOST_FETCHED));
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    context.cancellation().onCancel(() -> cancel(statement));
    return BatchSource.rows(request, new ResultRows(request, wanted, statement).stream().onClose(this::abort));
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      System.getLogger(AnyDatabase.class.getName()).log(Level.DEBUG, "a statement cannot be cancelled", e);
    }
  }

  private static AnyColumn column(ReadRequest request, List<AnyColumn> columns, String name) {
    return columns.stream().filter(column -> column.name().equals(name))
        .filter(column -> column.type().equals(request.table().schema().findField(name).getType())).findFirst()
        .orElseThrow(() -> ConnectorException.permanent(
            Failures.of(request.table()) + ": column '" + name + "' changed after the tables were listed; run again", null));
  }

  private static void piece(ReadRequest request, Where where, String quote) {
    if (request.split().equals(Split.WHOLE)) {
      return;
    }
    Matcher piece = PIECE.matcher(request.split().text());
    if (!piece.matches() || request.table().primaryKey().size() != 1) {
      throw ConnectorException.permanent(Failures.of(request.table()) + ": '" + request.split().text() + "' is no piece of it", null);
    }
    String column = TableId.quoted(request.table().primaryKey().get(0), quote);
    if (!piece.group(1).isEmpty()) {
      where.and(column + " >= " + piece.group(1));
    }
    if (!piece.group(2).isEmpty()) {
      where.and(column + " < " + piece.group(2));
    }
  }
}
