package io.connectorkit.runtime.internal.stream;

import io.connectorkit.api.Changes;
import io.connectorkit.api.TableInfo;
import io.connectorkit.runtime.internal.extract.RunCancellation;
import io.connectorkit.runtime.internal.registry.Instance;
import java.util.List;

/** Where the changes of events go. */
interface ChangeSink {

  /** Sequence of the last event whose changes are published; 0 before the first. */
  long position(String instance);

  /**
   * Publishes changes of all tables concerned in one commit, together with the position.
   *
   * @param upTo sequence of the last event that they come from
   * @throws io.connectorkit.host.KitException with a code KIT-4nnn if they cannot be written, another one if they are wrong
   */
  void publish(Instance instance, List<TableInfo> tables, Changes changes, long upTo, RunCancellation cancellation);
}
