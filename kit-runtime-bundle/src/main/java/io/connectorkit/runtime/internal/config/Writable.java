package io.connectorkit.runtime.internal.config;

import io.connectorkit.api.TableInfo;
import io.connectorkit.declaration.OptionReader;
import io.connectorkit.declaration.YamlValue;
import java.util.List;

/**
 * Which tables of an instance may be written: none, unless its file says so.
 *
 * @param all whether all may
 * @param tables view names or source ids of those that may, if not all
 */
public record Writable(boolean all, List<String> tables) {

  static final Writable NONE = new Writable(false, List.of());

  private static final String KEY = "writes";
  private static final String RULE = "true, false, or a list of table names";

  /** The option {@code writes}. */
  static Writable read(OptionReader file) {
    Object content = file.find(KEY).map(YamlValue::content).orElse(false);
    if (content instanceof Boolean all) {
      return new Writable(all, List.of());
    }
    if (!(content instanceof List) || file.find(KEY).get().elements().isEmpty()) {
      file.wrong(KEY, RULE);
      return NONE;
    }
    return new Writable(false, file.texts(KEY, "the name of a table"));
  }

  /** Whether anything may be written at all. */
  public boolean some() {
    return all || !tables.isEmpty();
  }

  /** Whether a table may be written. */
  public boolean allows(TableInfo table) {
    return all || tables.contains(table.sourceId()) || tables.stream().anyMatch(name -> name.equalsIgnoreCase(table.viewName()));
  }
}
