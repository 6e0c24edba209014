package io.connectorkit.runtime.internal.increment;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;

import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.types.DeliveredTypes;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.duckdb.DuckDBConnection;

/** The incremental column of a table: which kind of watermark its values give, and which one a file of rows gives. */
public final class Cursor {

  private final String column;
  private final Watermark.Kind kind;

  private Cursor(String column, Watermark.Kind kind) {
    this.column = column;
    this.kind = kind;
  }

  /**
   * The cursor of a table; empty if it has none.
   *
   * @throws KitException KIT-3021 if the column's values have no order that a source and DuckDB agree on
   */
  public static Optional<Cursor> of(TableInfo table) {
    return table.incrementalColumn().map(column -> {
      ArrowType type = table.schema().findField(column).getType();
      return new Cursor(column, kind(type).orElseThrow(() -> new KitException("KIT-3021", "table '" + table.viewName() + "', column '"
          + column + "': type " + type + " has no order to go on from; use an integer, decimal, date or timestamp, or strategy replace")));
    });
  }

  private static Optional<Watermark.Kind> kind(ArrowType type) {
    if (!DeliveredTypes.comparable(type)) {
      return Optional.empty();
    }
    if (type instanceof ArrowType.Int integer) {
      return Optional.of(integer.getIsSigned() || integer.getBitWidth() < 64 ? Watermark.Kind.LONG : Watermark.Kind.DECIMAL);
    }
    if (type instanceof ArrowType.Decimal) {
      return Optional.of(Watermark.Kind.DECIMAL);
    }
    if (type instanceof ArrowType.Date date && date.getUnit() == DateUnit.DAY) {
      return Optional.of(Watermark.Kind.DATE);
    }
    if (type instanceof ArrowType.Timestamp timestamp) {
      return Optional.of(timestamp.getTimezone() == null ? Watermark.Kind.DATE_TIME : Watermark.Kind.INSTANT);
    }
    return Optional.empty();
  }

  /** SQL that is true for the rows at or above a watermark, if there is one, and for those without a value. */
  String from(Optional<Watermark> lower) {
    String unset = identifier(column) + " IS NULL";
    return lower.isEmpty() ? unset : "(" + identifier(column) + " >= " + literal(lower.get()) + " OR " + unset + ")";
  }

  private static String literal(Watermark lower) {
    return switch (lower.kind()) {
      case DATE -> "DATE '" + lower.text() + "'";
      case DATE_TIME -> "TIMESTAMP '" + lower.text() + "'";
      case INSTANT -> "TIMESTAMPTZ '" + lower.text() + "'";
      default -> lower.text();
    };
  }

  /** The lowest value in a SELECT's rows; empty if there is none. */
  Optional<Watermark> lowest(DuckDBConnection session, String rows) throws SQLException {
    return value(session, "min", rows);
  }

  /**
   * How far a table has been read after a SELECT's rows. A time in the future would keep the rows of all the time until then from being read:
   * it counts as the time when the read began.
   */
  public Optional<Watermark> highest(DuckDBConnection session, String rows, Instant begun) throws SQLException {
    return value(session, "max", rows).map(watermark -> notAfter(watermark, begun));
  }

  private static Watermark notAfter(Watermark watermark, Instant begun) {
    if (watermark.value() instanceof Instant instant && instant.isAfter(begun)) {
      return new Watermark(begun.truncatedTo(ChronoUnit.MICROS));
    }
    // No zone is more than a day ahead of UTC.
    LocalDateTime latest = LocalDateTime.ofInstant(begun, ZoneOffset.UTC).plusDays(1);
    if (watermark.value() instanceof LocalDateTime dateTime && dateTime.isAfter(latest)) {
      return new Watermark(latest.truncatedTo(ChronoUnit.MICROS));
    }
    if (watermark.value() instanceof LocalDate date && date.isAfter(latest.toLocalDate())) {
      return new Watermark(latest.toLocalDate());
    }
    return watermark;
  }

  /** The number of a SELECT's rows without a value. */
  public long nulls(DuckDBConnection session, String rows) throws SQLException {
    return Long.parseLong(Sql.first(session, "SELECT count(*) FROM (" + rows + ") WHERE " + identifier(column) + " IS NULL"));
  }

  private Optional<Watermark> value(DuckDBConnection session, String function, String rows) throws SQLException {
    String name = identifier(column);
    // Times as numbers, since their text may be of a year before the first one; and no infinity, from which nothing could go on.
    String text = switch (kind) {
      case LONG, DECIMAL -> function + "(" + name + ")";
      default -> "epoch_us(" + function + "(CAST(" + name + " AS TIMESTAMP)) FILTER (WHERE isfinite(CAST(" + name + " AS TIMESTAMP))))";
    };
    return Optional.ofNullable(Sql.first(session, "SELECT CAST(" + text + " AS VARCHAR) FROM (" + rows + ")")).map(this::parsed);
  }

  private Watermark parsed(String text) {
    return new Watermark(switch (kind) {
      case LONG -> Long.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case DATE -> LocalDate.ofInstant(instant(text), ZoneOffset.UTC);
      case DATE_TIME -> LocalDateTime.ofInstant(instant(text), ZoneOffset.UTC);
      default -> instant(text);
    });
  }

  private static Instant instant(String microseconds) {
    return Instant.EPOCH.plus(Long.parseLong(microseconds), ChronoUnit.MICROS);
  }

  /** The later of two watermarks of this column. */
  public Watermark later(Watermark one, Watermark other) {
    return compare(one.value(), other.value()) >= 0 ? one : other;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compare(Object one, Object other) {
    return ((Comparable) one).compareTo(other);
  }

  /** The column's name. */
  public String column() {
    return column;
  }
}
