package io.connectorkit.runtime.internal.remote;

import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableState;
import java.time.Instant;
import java.util.Optional;

/** What an attachment depends on: with other settings it may lead to another source. */
public final class RemoteBasis {

  private RemoteBasis() {}

  /** The state of a table that is attached now. */
  public static TableState state(Instance instance, Instant now) {
    return new TableState(Strategy.REPLACE, Optional.empty(), line(instance), now);
  }

  /** Whether a table was attached with the settings that the instance has now. */
  public static boolean holds(TableRecord table, Instance instance) {
    return table.state().basis().lines().anyMatch(line(instance)::equals);
  }

  private static String line(Instance instance) {
    return "settings=" + instance.meaning();
  }
}
