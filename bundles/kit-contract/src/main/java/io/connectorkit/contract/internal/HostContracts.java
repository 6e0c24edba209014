package io.connectorkit.contract.internal;

import io.connectorkit.contract.Check;
import io.connectorkit.contract.CheckResult;
import io.connectorkit.contract.Checks;
import io.connectorkit.contract.ContractRun;
import io.connectorkit.contract.Limits;
import io.connectorkit.contract.Packaging;
import io.connectorkit.contract.Subject;
import io.connectorkit.host.ConfiguredInstance;
import io.connectorkit.host.ContractOrder;
import io.connectorkit.host.ContractResult;
import io.connectorkit.host.Contracts;
import io.connectorkit.host.Instances;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Runs the checks inside a host. Made anew for each use, so that a host which never checks does not load them. */
@Component(scope = ServiceScope.PROTOTYPE)
public final class HostContracts implements Contracts {

  private final Instances instances;
  private final Path files;

  @Activate
  public HostContracts(@Reference Instances instances, BundleContext context) {
    this.instances = instances;
    this.files = Path.of(context.getProperty("kit.etc")).resolve("connectors").toAbsolutePath();
  }

  @Override
  public void check(ContractOrder order, Consumer<ContractResult> each) {
    ConfiguredInstance instance = instances.configured(order.instance());
    Subject subject = new Subject(instance.connector(), Optional.of(packaging(instance.bundle())), instance.settings().values(),
        instance.secrets(), new Inside(instance, files.resolve(order.instance())), Optional.empty());
    Limits limits = new Limits(order.rows(), Limits.gentle().bytes(), order.tables(), order.call(), order.total());
    ContractRun run = new ContractRun(subject, limits);
    for (Check check : Checks.all()) {
      CheckResult result = run.one(check);
      each.accept(new ContractResult(check.id(), check.demands(), result.outcome().name(), result.message(), result.remedy(), result.took()));
    }
  }

  private static Packaging packaging(Bundle bundle) {
    try {
      return Packaging.of("bundle " + bundle.getSymbolicName(), path -> read(bundle, path));
    } catch (IOException e) {
      throw new KitException("KIT-1010", "bundle " + bundle.getSymbolicName() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] read(Bundle bundle, String path) throws IOException {
    URL entry = bundle.getEntry(path);
    if (entry == null) {
      return null;
    }
    try (InputStream stream = entry.openStream()) {
      return stream.readAllBytes();
    }
  }

  /** Calls with the connector's own class loader on the thread. */
  private record Inside(ConfiguredInstance instance, Path folder) implements Subject.Surroundings {

    @Override
    public <T> T call(Callable<T> call) throws Exception {
      return instance.call(call);
    }
  }
}
