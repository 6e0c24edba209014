package io.connectorkit.host;

import io.connectorkit.api.TableInfo;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Service that knows the connectors, their instances and what each of them lacks. */
@ProviderType
public interface Instances {

  /** All instances, by name: deployed ones, and those that are configured but have no connector. */
  List<InstanceStatus> list();

  /**
   * Asks a source for its tables.
   *
   * @throws KitException if the instance cannot run as it stands, or the source does not answer
   */
  List<TableInfo> discover(String instance);

  /** The same within a time of the caller's. */
  List<TableInfo> discover(String instance, Duration limit);

  /**
   * The instances of a bundle, once its connector is made, or cannot be made, or the patience has run out. What became of their runs counts
   * for nothing here.
   */
  List<InstanceStatus> settled(long bundle, Duration patience);

  /** Why an instance, connector, bundle or file is in its state, line by line from the file to the last run. */
  List<String> explain(String name);

  /**
   * An instance as its connector gets it.
   *
   * @throws KitException KIT-3001 if it is not ready
   */
  ConfiguredInstance configured(String instance);

  /**
   * What a bundle that was removed has left in this process: threads, timers and so on, and its class loader if that does not go. Takes up to
   * some seconds, since garbage has to be collected.
   *
   * @param bundle symbolic name
   * @return empty if nothing is left
   */
  List<String> leftBehind(String bundle);

  /** Has the configuration files read again. */
  void refresh();
}
