package io.connectorkit.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What to do with the rows of a {@link WriteRequest}. */
public enum WriteMode {
  /** Adds the rows; none that is there is changed. Columns of the key may be left to the source. */
  APPEND,
  /**
   * A row takes the place of the one with its key, or is added if there is none. A column that is not in the request keeps its value in the
   * row that is there.
   */
  UPSERT,
  /** Takes away the rows with these keys; the request holds the columns of the key alone. A key that is not there is no error. */
  DELETE;

  /** The name that people use: the constant in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it finds rows by their primary key: a table without one cannot be written in this mode, and no key comes twice. */
  public boolean byKey() {
    return this != APPEND;
  }

  /**
   * The mode with that label.
   *
   * @param label any case; not null
   * @return empty for an unknown label
   */
  public static Optional<WriteMode> ofLabel(String label) {
    return Arrays.stream(values()).filter(mode -> mode.name().equalsIgnoreCase(label.strip())).findFirst();
  }
}
