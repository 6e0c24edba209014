package io.connectorkit.runtime.internal.increment;

import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.config.TableOptions;
import io.connectorkit.runtime.internal.schema.SchemaDiff;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableState;
import io.connectorkit.runtime.internal.types.DeliveredTypes;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * How a run reads a table.
 *
 * @param strategy for new rows
 * @param lower from where on to read; empty for a full read
 * @param basis to be recorded with the watermark
 * @param note why a full read is due although the table has a watermark; empty if there is nothing to say
 */
public record ReadPlan(Strategy strategy, Optional<Watermark> lower, String basis, String note) {

  /**
   * Decides.
   *
   * @param last what is published; null for a first time
   * @param settings a digest of the instance's settings, secrets left out
   * @param full whether somebody asked for a full read
   * @throws KitException KIT-3020 if the operator's wishes do not fit the table
   */
  public static ReadPlan of(TableInfo table, TableOptions options, TableRecord last, String settings, boolean full, Instant now) {
    Strategy strategy = strategy(table, options);
    String basis = Basis.of(table, options, strategy, settings);
    Optional<Watermark> watermark = last == null || strategy == Strategy.REPLACE ? Optional.empty() : last.state().watermark();
    if (watermark.isEmpty()) {
      boolean reset = last != null && Reset.at(last.state()).isPresent();
      return new ReadPlan(strategy, Optional.empty(), basis, reset ? "full read: the state was reset" : "");
    }
    requireFreeNames(table);
    String reason = full ? "asked for" : reason(table, options, last, basis, now);
    return reason.isEmpty() ? new ReadPlan(strategy, Optional.of(Overlap.below(watermark.get(), options.overlap(), table.viewName())), basis, "")
        : new ReadPlan(strategy, Optional.empty(), basis, "full read: " + reason);
  }

  /** Names that a delta needs for itself. */
  public static void requireFreeNames(TableInfo table) {
    for (Field field : table.schema().getFields()) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (name.startsWith("_kit_") || name.equals("file_row_number")) {
        throw new KitException("KIT-3020", "table '" + table.viewName() + "', column '" + field.getName() + "': a table with a column of that"
            + " name cannot be read in increments; choose strategy replace, or have the source name it otherwise");
      }
    }
  }

  private static Strategy strategy(TableInfo table, TableOptions options) {
    boolean keyed = !table.primaryKey().isEmpty();
    Strategy strategy = options.strategy().orElse(keyed ? Strategy.UPSERT : Strategy.APPEND);
    if (strategy == Strategy.UPSERT && !keyed) {
      throw new KitException("KIT-3020", "table '" + table.viewName() + "': strategy upsert needs a primary key, and the table has none;"
          + " choose append or replace");
    }
    if (strategy == Strategy.APPEND && table.tombstoneColumn().isPresent()) {
      throw new KitException("KIT-3020", "table '" + table.viewName() + "': strategy append cannot delete rows, and the source marks"
          + " deleted ones in '" + table.tombstoneColumn().get() + "'; choose upsert or replace");
    }
    return strategy;
  }

  private static String reason(TableInfo table, TableOptions options, TableRecord last, String basis, Instant now) {
    TableState state = last.state();
    List<String> changed = Basis.changed(state.basis(), basis);
    if (!changed.isEmpty()) {
      return String.join(", ", changed) + " changed";
    }
    if (!options.fullEvery().isZero() && !state.refreshedAt().plus(options.fullEvery()).isAfter(now)) {
      return "the last one was at " + state.refreshedAt();
    }
    return retyped(table, last);
  }

  /** Values of another type, and nested ones of another shape, are read again rather than converted. */
  private static String retyped(TableInfo table, TableRecord last) {
    try {
      List<String> columns = SchemaDiff.retyped(Schema.fromJSON(last.schemaJson()),
          DeliveredTypes.of(table.viewName(), table.schema(), null).stored());
      return columns.isEmpty() ? "" : "the type of " + String.join(", ", columns) + " changed";
    } catch (IOException e) {
      throw new KitException("KIT-4002", "the schema of table '" + last.table() + "' cannot be read; delete the instance's folder in"
          + " extracts/ to begin anew", e);
    }
  }
}
