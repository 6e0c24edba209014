package io.connectorkit.api;

import java.util.List;

/**
 * A condition on one column (a predicate). Several of them all have to hold. A row for which the comparison meets a null does not pass.
 *
 * @param column name of the column
 * @param operator how to compare
 * @param values one value, for {@link Operator#IN} one or more, for {@link Operator#IS_NULL} and {@link Operator#NOT_NULL} none; each is a
 *     {@link Long}, {@link java.math.BigDecimal}, {@link Boolean}, {@link java.time.LocalDate}, {@link java.time.LocalDateTime},
 *     {@link java.time.Instant} or {@link String}, as the column's type is
 */
public record Filter(String column, Operator operator, List<Object> values) {

  /** The closed set of comparisons. */
  public enum Operator {
    EQ("="), NE("!="), LT("<"), LE("<="), GT(">"), GE(">="), IN("in"), IS_NULL("is null"), NOT_NULL("is not null");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** As it is written in configuration files and in SQL. */
    public String symbol() {
      return symbol;
    }
  }

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if there are too few or too many for the operator
   */
  public Filter {
    values = List.copyOf(values);
    int least = operator == Operator.IS_NULL || operator == Operator.NOT_NULL ? 0 : 1;
    if (values.size() < least || (operator != Operator.IN && values.size() > least)) {
      throw new IllegalArgumentException("filter on '" + column + "': " + operator.symbol() + " does not take " + values.size() + " values");
    }
  }

  @Override
  public String toString() {
    return column + ' ' + operator.symbol() + (values.isEmpty() ? "" : " " + (operator == Operator.IN ? values : values.get(0)));
  }
}
