package io.connectorkit.host;

import io.connectorkit.api.Connector;
import io.connectorkit.api.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;

/** An instance that could run, for who calls its connector beside all runs. Not to be kept: it holds the connector's class loader. */
@ProviderType
public interface ConfiguredInstance {

  /** The connector; not null. */
  Connector connector();

  /** The bundle that it comes from; not null. */
  Bundle bundle();

  /** Its settings, defaults filled in. */
  Settings settings();

  /** The values of the secrets that the connector declares and that are set. Not to be shown. */
  Map<String, String> secrets();

  /** Calls into the connector, on this thread, with what the connector expects of a thread. */
  <T> T call(Callable<T> call) throws Exception;
}
