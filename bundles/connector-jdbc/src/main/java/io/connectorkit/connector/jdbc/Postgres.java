package io.connectorkit.connector.jdbc;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.postgresql.PGConnection;

/** PostgreSQL: all tables of a run from one snapshot, rows in the binary form of COPY, large tables in pieces by where rows lie. */
final class Postgres extends Database {

  private static final int OLDEST = 12;
  /** From here on a range of ctid is found without looking at the rest of the table. */
  private static final int CTID_RANGES = 14;
  private static final long BLOCKS_PER_PIECE = 65_536;
  private static final int MOST_PIECES = 8;
  private static final Pattern PIECE = Pattern.compile("ctid:(\\d+):(\\d*):([0-9A-Fa-f-]*)");

  private final Supplier<Connection> another;

  /**
   * Takes a connection.
   *
   * @param another makes one more
   */
  Postgres(ConnectorContext context, Connection connection, Supplier<Connection> another) {
    super(context, connection);
    this.another = another;
  }

  /** Whether it is one, and not a database that only takes its driver. */
  static boolean speaks(Connection connection) throws SQLException {
    if (!connection.isWrapperFor(PGConnection.class) || connection.getMetaData().getDatabaseMajorVersion() < OLDEST) {
      return false;
    }
    return text(connection, "SELECT version()").matches("PostgreSQL \\d+(?!.*(Greenplum|-YB-|Redshift)).*");
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  String quote() {
    return "\"";
  }

  private PgCatalog catalog() {
    return new PgCatalog(connection, context.settings());
  }

  @Override
  List<TableInfo> tables() throws SQLException {
    return catalog().tables(null).stream().map(table -> table.options().table(table.columns().stream().map(PgColumn::field).toList(), table.key(),
        table.stored(), table.description())).toList();
  }

  private Snapshot snapshot() {
    return context.sharedInRun("snapshot", () -> new Snapshot(another, context.log()));
  }

  @Override
  List<Split> splits(ReadRequest request) throws SQLException {
    PgCatalog.Table table = table(request);
    boolean whole = request.watermark().isPresent() || !request.filters().isEmpty() || !table.kind().equals("r")
        || connection.getMetaData().getDatabaseMajorVersion() < CTID_RANGES;
    long blocks = whole ? 0 : Long.parseLong(text(connection,
        "SELECT pg_relation_size(" + table.oid() + ") / current_setting('block_size')::bigint"));
    long pieces = whole ? 1 : table.options().pieces().map(Integer::longValue).orElse(Math.min(MOST_PIECES, blocks / BLOCKS_PER_PIECE));
    if (pieces <= 1) {
      return List.of(Split.WHOLE);
    }
    String snapshot = snapshot().id();
    List<Split> splits = new ArrayList<>();
    for (long i = 0; i < pieces; i++) {
      // The last one has no end: the table may have grown.
      splits.add(new Split(1, "ctid:" + blocks * i / pieces + ":" + (i == pieces - 1 ? "" : blocks * (i + 1) / pieces) + ":" + snapshot));
    }
    return splits.stream().distinct().toList();
  }

  private PgCatalog.Table table(ReadRequest request) throws SQLException {
    return catalog().tables(TableId.parse(request.table().sourceId())).stream().findFirst().orElseThrow(() ->
        ConnectorException.permanent(Failures.of(request.table()) + " is not there any more, or may not be read", null));
  }

  @Override
  BatchSource read(ReadRequest request) throws SQLException {
    Matcher piece = PIECE.matcher(request.split().text());
    boolean whole = request.split().equals(Split.WHOLE);
    if (!whole && !piece.matches()) {
      throw ConnectorException.permanent(Failures.of(request.table()) + ": '" + request.split().text() + "' is no piece of it", null);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
    }
    snapshot().enter(connection, whole ? "" : piece.group(3));
    PgCatalog.Table table = table(request);
    List<PgColumn> columns = columns(request, table);
    requireSame(table, columns);
    Where where = new Where(quote(), Postgres::literal).of(request,
        table.columns().stream().filter(PgColumn::comparable).map(PgColumn::name).collect(Collectors.toSet()));
    if (!whole) {
      where.and("ctid >= '(" + piece.group(1) + ",0)'::tid");
      if (!piece.group(2).isEmpty()) {
        where.and("ctid < '(" + piece.group(2) + ",0)'::tid");
      }
    }
    String select = "SELECT " + columns.stream().map(PgColumn::sql).collect(Collectors.joining(", ")) + " FROM " + table.id().sql(quote()) + where.sql();
    return BatchSource.of(new CopyReader(request, columns, this, "COPY (" + select + ") TO STDOUT (FORMAT binary)"));
  }

  private static List<PgColumn> columns(ReadRequest request, PgCatalog.Table table) {
    var byName = table.columns().stream().collect(Collectors.toMap(PgColumn::name, Function.identity()));
    List<PgColumn> columns = new ArrayList<>();
    for (String name : request.columns()) {
      Field promised = request.table().schema().findField(name);
      PgColumn column = byName.get(name);
      if (column == null || !column.field().getType().equals(promised.getType()) || !column.field().getChildren().equals(promised.getChildren())) {
        throw ConnectorException.permanent(Failures.of(request.table()) + ": column '" + name + "' changed after the tables were listed; run again", null);
      }
      columns.add(column);
    }
    return columns;
  }

  /** A table that was truncated or rewritten after the snapshot looks empty in it: PostgreSQL's exception from the rule. */
  private void requireSame(PgCatalog.Table table, List<PgColumn> columns) throws SQLException {
    // Keeps others from doing so until the end of the transaction.
    String names = columns.stream().map(column -> TableId.quoted(column.name(), quote())).collect(Collectors.joining(", "));
    run(connection, "SELECT " + names + " FROM " + table.id().sql(quote()) + " LIMIT 0");
    String changed = text(connection, "SELECT count(*) FROM pg_class WHERE (oid = " + table.oid() + " OR oid IN (SELECT relid FROM pg_partition_tree("
        + table.oid() + "))) AND pg_relation_filenode(oid) IS DISTINCT FROM nullif(relfilenode, 0)");
    if (!changed.equals("0")) {
      throw ConnectorException.permanent("table '" + table.id() + "' was truncated or rewritten while this run went on; run again", null);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery(sql).close();
    }
  }

  /** COPY takes no parameters. */
  private static Optional<String> literal(Object value) {
    if (value instanceof BigDecimal number) {
      return Optional.of("(" + number.toPlainString() + ")");
    }
    if (value instanceof Long || value instanceof Boolean) {
      return Optional.of("(" + value + ")");
    }
    if (value instanceof String text) {
      return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of("E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'");
    }
    if (value instanceof LocalDate date) {
      return date(date, "DATE", date.toString());
    }
    if (value instanceof LocalDateTime time) {
      return date(time.toLocalDate(), "TIMESTAMP", time.toString());
    }
    return value instanceof Instant instant ? date(instant.atOffset(ZoneOffset.UTC).toLocalDate(), "TIMESTAMPTZ", instant.toString()) : Optional.empty();
  }

  /** Years of four digits are written alike by everybody. */
  private static Optional<String> date(LocalDate date, String type, String text) {
    return date.getYear() < 1 || date.getYear() > 9999 ? Optional.empty() : Optional.of(type + " '" + text + "'");
  }
}
