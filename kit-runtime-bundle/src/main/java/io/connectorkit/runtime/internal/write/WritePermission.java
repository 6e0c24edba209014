package io.connectorkit.runtime.internal.write;

import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Writes;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.Writable;
import io.connectorkit.runtime.internal.registry.Instance;

/** Whether an instance takes writes: its connector has to be able to, and its owner to want it. */
final class WritePermission {

  private WritePermission() {}

  /**
   * Before anything is done.
   *
   * @throws KitException KIT-3040 if nothing of it may be written, KIT-3041 if nothing can be
   */
  static void require(Instance instance) {
    if (!(instance.connector() instanceof Writes)) {
      throw new KitException("KIT-3041", "connector '" + instance.declaration().name() + "' cannot write: it declares "
          + instance.declaration().capabilities() + "; deploy one that declares write as well");
    }
    if (!writable(instance).some()) {
      throw new KitException("KIT-3040", "'" + instance.name() + "' is read-only, as every instance is until its owner says otherwise; put"
          + " 'writes: true' or 'writes: [TABLE]' into etc/connectors/" + instance.name() + ".yaml"
          + (instance.config().file().file() == null ? ", beside 'connector: " + instance.declaration().name() + "'" : ""));
    }
  }

  /**
   * The same for one table.
   *
   * @throws KitException KIT-3040 if it may not be written
   */
  static void require(Instance instance, TableInfo table) {
    if (!writable(instance).allows(table)) {
      throw new KitException("KIT-3040", "table '" + table.viewName() + "' of '" + instance.name() + "' is read-only; 'writes' in etc/connectors/"
          + instance.name() + ".yaml allows " + writable(instance).tables() + "; add it there");
    }
  }

  private static Writable writable(Instance instance) {
    return instance.config().file().writes();
  }
}
