package io.connectorkit.deployer.internal;

import io.connectorkit.deployer.internal.watch.FolderWatch;
import io.connectorkit.deployer.internal.watch.WatchThread;
import io.connectorkit.host.Instances;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Has the instances' configuration read again when one of its files changes. */
@Component(service = ConfigWatch.class, immediate = true)
public final class ConfigWatch implements FolderWatch.Handler {

  /** Half of a YAML file is often valid YAML, so that it must lie still before it is read. */
  private static final Duration QUIET = Duration.ofMillis(50);

  private final Instances instances;
  private final CompletableFuture<Void> firstScan = new CompletableFuture<>();
  private final WatchThread thread;

  @Activate
  public ConfigWatch(BundleContext context, @Reference Instances instances) {
    this.instances = instances;
    boolean gateway = "gateway".equals(context.getProperty("kit.mode"));
    Path folder = Path.of(context.getProperty("kit.etc")).resolve("connectors");
    // The runtime read all files when it started; what changed until the watch began is caught here.
    firstScan.thenRun(instances::refresh);
    this.thread = new WatchThread("kit-config", new FolderWatch(folder, this, QUIET), gateway, firstScan);
  }

  @Deactivate
  public void close() {
    thread.close();
  }

  @Override
  public boolean changed(Path file, boolean patient) {
    if (firstScan.isDone()) {
      instances.refresh();
    }
    return true;
  }

  @Override
  public void removed(String name) {
    instances.refresh();
  }
}
