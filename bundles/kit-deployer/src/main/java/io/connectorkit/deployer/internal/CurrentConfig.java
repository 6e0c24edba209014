package io.connectorkit.deployer.internal;

import io.connectorkit.deployer.internal.gate.TrustPolicy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The configuration as it is now. A component of its own, so that a change of them does not restart the deployer. */
@Component(service = CurrentConfig.class, configurationPid = DeployerConfig.PID)
@Designate(ocd = DeployerConfig.class)
public final class CurrentConfig {

  private final Path trust;
  private final AtomicReference<DeployerConfig> config;

  @Activate
  public CurrentConfig(BundleContext context, DeployerConfig config) {
    this.trust = Path.of(context.getProperty("kit.etc")).resolve("trust");
    this.config = new AtomicReference<>(config);
  }

  @Modified
  void modified(DeployerConfig changed) {
    config.set(changed);
  }

  DeployerConfig get() {
    return config.get();
  }

  /**
   * Whose jars are let in.
   *
   * @throws io.connectorkit.host.KitException KIT-1036 if the settings make no sense: better no jar than the wrong one
   */
  TrustPolicy trust() {
    DeployerConfig current = config.get();
    return TrustPolicy.of(trust, current.require_signed(), current.publishers(), current.digests());
  }
}
