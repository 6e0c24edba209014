package io.connectorkit.connector.jdbc;

import io.connectorkit.api.Types;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.ArrowType.ExtensionType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * A column as a driver describes it.
 *
 * @param comparable whether database and DuckDB compare its values alike
 */
record AnyColumn(String name, ArrowType type, Map<String, String> metadata, Fetch fetch, boolean comparable) {

  private static final int MICROS = 6;
  private static final int MOST_DIGITS = 38;
  /** Types of a database's own, which drivers file under various others. */
  private static final Set<String> AS_TEXT = Set.of("UUID", "DECFLOAT", "GEOMETRY");

  /** Takes the value of a column out of the current row. */
  interface Fetch {
    Object from(ResultSet row, int index) throws SQLException;
  }

  /** Decides what becomes of a column; the operator's word counts first. */
  static AnyColumn of(ResultSetMetaData columns, int index, Optional<ArrowType> wanted) throws SQLException {
    String name = columns.getColumnLabel(index);
    if (wanted.isPresent()) {
      return wanted.get() instanceof ArrowType.Decimal ? column(name, wanted.get(), ResultSet::getBigDecimal, false) : text(name, false);
    }
    String own = columns.getColumnTypeName(index).toUpperCase(Locale.ROOT);
    if (AS_TEXT.contains(own)) {
      return text(name, false);
    }
    if (own.equals("JSON")) {
      return new AnyColumn(name, Types.text(), Map.of(ExtensionType.EXTENSION_METADATA_KEY_NAME, "arrow.json",
          ExtensionType.EXTENSION_METADATA_KEY_METADATA, ""), ResultSet::getString, false);
    }
    int precision = columns.getPrecision(index);
    int scale = columns.getScale(index);
    return switch (columns.getColumnType(index)) {
      case java.sql.Types.BIT -> precision > 1 ? column(name, Types.binary(), ResultSet::getBytes, false) : bool(name);
      case java.sql.Types.BOOLEAN -> bool(name);
      case java.sql.Types.TINYINT -> integer(name, 8, columns.isSigned(index));
      case java.sql.Types.SMALLINT -> integer(name, 16, columns.isSigned(index));
      case java.sql.Types.INTEGER -> integer(name, 32, columns.isSigned(index));
      case java.sql.Types.BIGINT -> integer(name, 64, columns.isSigned(index));
      case java.sql.Types.REAL -> column(name, new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), set(ResultSet::getFloat), false);
      case java.sql.Types.FLOAT, java.sql.Types.DOUBLE -> column(name, Types.float64(), set(ResultSet::getDouble), false);
      case java.sql.Types.NUMERIC, java.sql.Types.DECIMAL -> precision < 1 || precision > MOST_DIGITS || scale < 0 || scale > precision
          ? column(name, Types.text(), AnyColumn::digits, false) : column(name, Types.decimal(precision, scale), ResultSet::getBigDecimal, true);
      case java.sql.Types.BINARY, java.sql.Types.VARBINARY, java.sql.Types.LONGVARBINARY, java.sql.Types.BLOB ->
          column(name, Types.binary(), ResultSet::getBytes, false);
      case java.sql.Types.DATE -> column(name, Types.date(), (row, i) -> row.getObject(i, LocalDate.class), true);
      case java.sql.Types.TIME -> scale > MICROS ? text(name, false) : column(name, Types.time(), (row, i) -> row.getObject(i, LocalTime.class), false);
      case java.sql.Types.TIMESTAMP -> column(name, scale > MICROS ? new ArrowType.Timestamp(TimeUnit.NANOSECOND, null) : Types.dateTime(),
          (row, i) -> row.getObject(i, LocalDateTime.class), true);
      case java.sql.Types.TIMESTAMP_WITH_TIMEZONE -> column(name, scale > MICROS ? new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC") : Types.instant(),
          (row, i) -> row.getObject(i, OffsetDateTime.class), true);
      case java.sql.Types.CHAR, java.sql.Types.VARCHAR, java.sql.Types.NCHAR, java.sql.Types.NVARCHAR -> text(name, true);
      default -> text(name, false);
    };
  }

  private static AnyColumn column(String name, ArrowType type, Fetch fetch, boolean comparable) {
    return new AnyColumn(name, type, Map.of(), fetch, comparable);
  }

  private static AnyColumn text(String name, boolean comparable) {
    return column(name, Types.text(), ResultSet::getString, comparable);
  }

  private static AnyColumn bool(String name) {
    return column(name, Types.bool(), set(ResultSet::getBoolean), true);
  }

  private static AnyColumn integer(String name, int bits, boolean signed) {
    return column(name, new ArrowType.Int(bits, signed), bits == 64 && !signed ? ResultSet::getBigDecimal : set(ResultSet::getLong), true);
  }

  /** Null where the driver says that its zero or false was none. */
  private static Fetch set(Fetch primitive) {
    return (row, index) -> {
      Object value = primitive.from(row, index);
      return row.wasNull() ? null : value;
    };
  }

  private static String digits(ResultSet row, int index) throws SQLException {
    var number = row.getBigDecimal(index);
    return number == null ? null : number.toPlainString();
  }

  /** Nullable unless it belongs to the key: columns that nobody wants are not asked for. */
  Field field(boolean nullable) {
    return new Field(name, new FieldType(nullable, type, null, metadata), null);
  }
}
