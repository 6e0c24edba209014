package io.connectorkit.host;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Service that checks whether a connector keeps to the contract. Safe for use from several threads. */
@ProviderType
public interface Contracts {

  /**
   * Runs all checks on a ready instance, and returns when the last one is done.
   *
   * @param each gets every result as it comes, on this thread
   * @throws KitException KIT-3001 if the instance is not ready
   */
  void check(ContractOrder order, Consumer<ContractResult> each);
}
