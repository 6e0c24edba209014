package io.connectorkit.deployer.internal;

import io.connectorkit.deployer.internal.gate.CheckedJar;
import io.connectorkit.deployer.internal.gate.Gate;
import io.connectorkit.deployer.internal.gate.HostVersions;
import io.connectorkit.deployer.internal.gate.Incomplete;
import io.connectorkit.deployer.internal.watch.FolderWatch;
import io.connectorkit.deployer.internal.watch.WatchThread;
import io.connectorkit.host.Declarations;
import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.Instances;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the installed bundles the same as the jars in the deploy folder. */
@Component(immediate = true)
public final class Deployer implements DeployFolder, FolderWatch.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);
  private static final String TWIN = "KIT-1008";

  private final BundleContext context;
  private final Path folder;
  private final Map<String, DeployedFile> files = new ConcurrentSkipListMap<>();
  private final CompletableFuture<Void> firstScan = new CompletableFuture<>();
  private final Gate gate;
  private final WatchThread thread;

  /** The reference to the instances is not used: it says that deployed connectors need a runtime to be found by. */
  @Activate
  public Deployer(BundleContext context, @Reference Instances instances, @Reference Declarations declarations,
      @Reference DeployerSettings settings) {
    this.context = context;
    this.gate = new Gate(HostVersions.of(context), declarations, settings::trust);
    this.folder = Path.of(context.getProperty("kit.deploy"));
    boolean gateway = "gateway".equals(context.getProperty("kit.mode"));
    this.thread = new WatchThread("kit-deploy", new FolderWatch(folder, this, Duration.ZERO), gateway, firstScan);
  }

  @Deactivate
  public void close() {
    thread.close();
  }

  @Override
  public List<DeployedFile> files() {
    return List.copyOf(files.values());
  }

  @Override
  public CompletionStage<Void> firstScan() {
    return firstScan;
  }

  @Override
  public boolean changed(Path file, boolean patient) {
    String name = file.getFileName().toString();
    try {
      deploy(name, file, gate.check(name, file));
      retryUnresolved();
    } catch (Incomplete e) {
      if (patient) {
        return false;
      }
      reject(name, e.getMessage());
    } catch (KitException e) {
      reject(name, e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      reject(name, "KIT-1009 " + name + " cannot be deployed: " + e);
    }
    return true;
  }

  private void deploy(String name, Path file, CheckedJar jar) {
    DeployedFile before = files.get(name);
    Optional<DeployedFile> twin = files.values().stream().filter(other -> !other.file().equals(name) && other.bundleId() >= 0
        && other.bundle().equals(jar.symbolicName())).findFirst();
    if (twin.isPresent()) {
      throw new KitException(TWIN, name + ": bundle " + jar.symbolicName() + " is already deployed from " + twin.get().file()
          + "; remove one of the two files");
    }
    if (before != null && before.bundleId() >= 0 && before.sha256().equals(jar.sha256())) {
      return;
    }
    Bundle bundle = before == null ? null : context.getBundle(before.bundleId());
    try (InputStream stream = Files.newInputStream(file)) {
      if (bundle == null) {
        bundle = context.installBundle("deploy:" + name, stream);
      } else {
        bundle.stop();
        record(name, State.DEPLOYED, jar, bundle, "");
        bundle.update(stream);
      }
    } catch (BundleException | IOException e) {
      throw new KitException("KIT-1009", name + " cannot be installed: " + e.getMessage(), e);
    }
    // Recorded before the start, since whoever hears of the new service asks for its file.
    record(name, State.DEPLOYED, jar, bundle, "");
    start(name, jar, bundle, before == null ? "deployed" : "updated");
  }

  private void start(String name, CheckedJar jar, Bundle bundle, String done) {
    try {
      bundle.start();
      record(name, State.DEPLOYED, jar, bundle, "");
      LOG.info("{} {}: {} {}", done, name, bundle.getSymbolicName(), bundle.getVersion());
    } catch (BundleException e) {
      String reason = Resolution.reason(e);
      DeployedFile known = files.get(name);
      record(name, State.UNRESOLVED, jar, bundle, reason);
      if (!reason.equals(known.reason())) {
        LOG.warn("{} is installed but not started: {}", name, reason);
      }
    }
  }

  private void retryUnresolved() {
    files.values().stream().filter(file -> file.state() == State.UNRESOLVED).forEach(file -> start(file.file(),
        new CheckedJar(file.bundle(), Version.parseVersion(file.version()), file.sha256(), "", "", List.of()), context.getBundle(file.bundleId()), "started"));
  }

  private void record(String name, State state, CheckedJar jar, Bundle bundle, String reason) {
    files.put(name, new DeployedFile(name, state, jar.symbolicName(), jar.version().toString(), bundle.getBundleId(), jar.sha256(), reason));
  }

  /** A rejected file that replaced a good one leaves the good one's bundle running. */
  private void reject(String name, String reason) {
    DeployedFile before = files.get(name);
    long bundleId = before == null ? -1 : before.bundleId();
    files.put(name, new DeployedFile(name, State.REJECTED, before == null ? "" : before.bundle(), before == null ? "" : before.version(),
        bundleId, before == null ? "" : before.sha256(), reason + (bundleId < 0 ? "" : " (the version before it goes on)")));
    LOG.warn("rejected: {}", reason);
  }

  @Override
  public void removed(String name) {
    DeployedFile file = files.remove(name);
    Bundle bundle = file == null || file.bundleId() < 0 ? null : context.getBundle(file.bundleId());
    if (bundle == null) {
      return;
    }
    try {
      bundle.uninstall();
      LOG.info("removed {}: {} {}; its data stays", name, bundle.getSymbolicName(), bundle.getVersion());
    } catch (BundleException e) {
      LOG.warn("KIT-1009 {} cannot be uninstalled: {}", name, e.getMessage());
    }
    retryTwins();
  }

  /** A file that was rejected for the sake of the one that has gone gets its turn: new versions often come beside the old one. */
  private void retryTwins() {
    files.values().stream().filter(file -> file.state() == State.REJECTED && file.reason().startsWith(TWIN))
        .forEach(file -> changed(folder.resolve(file.file()), false));
  }
}
