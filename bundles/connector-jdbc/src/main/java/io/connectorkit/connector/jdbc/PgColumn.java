package io.connectorkit.connector.jdbc;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * A column and the way in which it comes.
 *
 * @param field as it is delivered
 * @param type how its values, or those of its arrays, are decoded
 * @param cast what the server has to turn it into first; empty for nothing
 */
record PgColumn(Field field, PgType type, String cast) {

  private static final int MODIFIER = 4;
  private static final int MOST_DIGITS = 38;

  /**
   * What the catalog says of a column.
   *
   * @param type name of its type, or of its arrays' elements, domains resolved; empty unless it is one of PostgreSQL's own
   * @param kind of that type: e for an enumeration
   * @param modifier with precision and scale; -1 for none
   */
  record Definition(String name, String type, String kind, boolean array, int modifier, boolean nullable, String description) {}

  /** Decides what becomes of a column; the operator's word counts first. */
  static PgColumn of(Definition column, Optional<ArrowType> wanted, int moneyScale) {
    Optional<PgType> known = column.kind().equals("e") ? Optional.of(PgType.LABEL) : PgType.named(column.type());
    PgType type = known.orElse(PgType.LABEL);
    String cast = known.isEmpty() ? "text" : "";
    ArrowType exact = null;
    if (wanted.isPresent() && wanted.get() instanceof ArrowType.Decimal) {
      if (type != PgType.NUMERIC) {
        throw ConnectorException.permanent("setting 'tables': column '" + column.name() + "' is of type " + column.type()
            + " and cannot be a decimal; only numeric can", null);
      }
      exact = wanted.get();
    } else if (wanted.isPresent()) {
      return new PgColumn(field(column, PgType.LABEL, null, false), PgType.LABEL, "text");
    } else if (type == PgType.MONEY) {
      exact = Types.decimal(19, moneyScale);
    } else if (type == PgType.NUMERIC) {
      exact = decimal(column.modifier());
      if (exact == null) {
        type = PgType.LABEL;
        cast = "text";
      }
    }
    return new PgColumn(field(column, type, exact, column.array()), type, cast.isEmpty() || !column.array() ? cast : cast + "[]");
  }

  /** Exact precision and scale; null if there are none, or Arrow's decimals are too small. */
  private static ArrowType decimal(int modifier) {
    if (modifier < MODIFIER) {
      return null;
    }
    int precision = ((modifier - MODIFIER) >> 16) & 0xffff;
    // Eleven bits with a sign, from PostgreSQL 15 on.
    int scale = (((modifier - MODIFIER) & 0x7ff) ^ 1024) - 1024;
    return precision > MOST_DIGITS || scale < 0 || scale > precision ? null : Types.decimal(precision, scale);
  }

  private static Field field(Definition column, PgType type, ArrowType exact, boolean array) {
    Map<String, String> metadata = column.description().isEmpty() ? Map.of() : Map.of(TableInfo.DESCRIPTION, column.description());
    if (!array) {
      return type.field(column.name(), column.nullable(), exact, metadata);
    }
    return new Field(column.name(), new FieldType(column.nullable(), ArrowType.List.INSTANCE, null, metadata),
        List.of(type.field(ListVector.DATA_VECTOR_NAME, true, exact, Map.of())));
  }

  String name() {
    return field.getName();
  }

  boolean array() {
    return field.getType() instanceof ArrowType.List;
  }

  boolean comparable() {
    return type.comparable() && cast.isEmpty() && !array();
  }

  /** As it stands in a SELECT. */
  String sql() {
    return TableId.quoted(name(), "\"") + (cast.isEmpty() ? "" : "::" + cast);
  }
}
