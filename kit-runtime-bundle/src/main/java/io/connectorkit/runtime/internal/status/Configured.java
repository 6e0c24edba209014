package io.connectorkit.runtime.internal.status;

import io.connectorkit.api.Connector;
import io.connectorkit.api.Settings;
import io.connectorkit.host.ConfiguredInstance;
import io.connectorkit.runtime.internal.isolation.Tccl;
import io.connectorkit.runtime.internal.registry.Instance;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.framework.Bundle;

/** An instance for others than runs. */
record Configured(Instance instance) implements ConfiguredInstance {

  @Override
  public Connector connector() {
    return instance.connector();
  }

  @Override
  public Bundle bundle() {
    return instance.bundle();
  }

  @Override
  public Settings settings() {
    return instance.config().settings();
  }

  @Override
  public Map<String, String> secrets() {
    Map<String, String> secrets = new HashMap<>();
    instance.declaration().yaml().variables()
        .forEach(variable -> instance.secret(variable.name()).ifPresent(value -> secrets.put(variable.name(), value)));
    return secrets;
  }

  @Override
  public <T> T call(Callable<T> call) throws Exception {
    return Tccl.call(instance.connector().getClass().getClassLoader(), call);
  }
}
