package io.connectorkit.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.slf4j.Logger;

/**
 * The OSGi host of this process. Once {@link #start} returns, all bundles of the product have been started or reported.
 * Closing it stops them in order; so does the end of the process, a SIGTERM included.
 */
public final class HostProcess implements AutoCloseable {

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

  private final Logging logging;
  private final TemporaryFolders temporary;
  private final GatewayLock lock;
  private final Path endpoint;
  private final Framework framework;
  private final Thread hook = new Thread(this::close, "kit-stop");
  private boolean closed;
  private volatile boolean closing;

  private HostProcess(HostFolders folders, HostMode mode, TemporaryFolders temporary, GatewayLock lock, Logging logging) throws IOException {
    this.logging = logging;
    this.temporary = temporary;
    this.lock = lock;
    temporary.sweep(mode == HostMode.GATEWAY);
    if (mode == HostMode.GATEWAY) {
      temporary.discard(folders.data().resolve("cache"));
    }
    Path work = mode == HostMode.GATEWAY ? folders.temporary() : Files.createDirectories(temporary.job());
    FrameworkSettings settings = new FrameworkSettings(folders, mode, work);
    this.endpoint = settings.endpointFile();
    Files.deleteIfExists(endpoint);
    Map<String, Object> properties = settings.read();
    properties.put("felix.log.logger", new FrameworkLog(logging));
    this.framework = new Felix(properties);
  }

  /** Boots the host. Throws {@link HostException} if it cannot run at all, for example because a gateway runs already. */
  public static HostProcess start(HostFolders folders, HostMode mode) {
    long begin = System.nanoTime();
    folders.prepare();
    Logging logging = Logging.begin(folders, mode);
    GatewayLock lock = mode == HostMode.GATEWAY ? GatewayLock.acquire(folders).sign() : null;
    TemporaryFolders temporary = new TemporaryFolders(folders);
    HostProcess host = null;
    try {
      host = new HostProcess(folders, mode, temporary, lock, logging);
      host.boot(folders.system(), begin);
      return host;
    } catch (IOException | BundleException | RuntimeException e) {
      if (host != null) {
        host.close();
      } else if (lock != null) {
        lock.close();
      }
      throw e instanceof HostException known ? known : new HostException("KIT-7010 the host does not start: " + e, e);
    }
  }

  private void boot(Path system, long begin) throws BundleException {
    Runtime.getRuntime().addShutdownHook(hook);
    Thread.setDefaultUncaughtExceptionHandler(this::died);
    framework.init();
    SystemBundles bundles = new SystemBundles(framework.getBundleContext(), logging);
    bundles.install(system);
    Logger log = log();
    framework.start();
    OsgiLog.register(framework.getBundleContext());
    String started = bundles.start();
    log.info("Host up after {} ms: {}", (System.nanoTime() - begin) / 1_000_000, started);
  }

  /** Work that is cut off by the end of the host may well fail; at any other time the log must know. */
  private void died(Thread thread, Throwable failure) {
    if (closing) {
      log().debug("Thread {} ended with the host", thread.getName(), failure);
    } else {
      log().error("KIT-7013 thread {} died: {}", thread.getName(), failure.toString(), failure);
    }
  }

  /** Where the gateway bundle of this host writes how it is reached. */
  public Path endpointFile() {
    return endpoint;
  }

  /** The context of the framework itself. */
  public BundleContext context() {
    return framework.getBundleContext();
  }

  /** Whether the framework has not begun to stop. */
  public boolean isRunning() {
    return !closing && framework.getState() == Bundle.ACTIVE;
  }

  /** Returns when the host has stopped, whoever asked for it. */
  public void awaitStop() throws InterruptedException {
    while (framework.waitForStop(0).getType() == FrameworkEvent.STOPPED_UPDATE) {
      log().info("The framework restarts");
    }
  }

  /** Stops all bundles and waits for them; a second call waits for the first and does nothing. */
  @Override
  public void close() {
    closing = true;
    closeOnce();
  }

  private synchronized void closeOnce() {
    if (closed) {
      return;
    }
    closed = true;
    stopFramework();
    removeHook();
    try {
      Files.deleteIfExists(endpoint);
    } catch (IOException e) {
      log().warn("KIT-7012 cannot delete '{}': {}", endpoint, e.toString());
    }
    temporary.deleteOwn();
    if (lock != null) {
      lock.close();
    }
  }

  private Logger log() {
    return logging.logger(HostProcess.class.getName());
  }

  private void stopFramework() {
    try {
      framework.stop();
      FrameworkEvent event = framework.waitForStop(STOP_PATIENCE.toMillis());
      if (event.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
        log().error("KIT-7011 the host did not stop within {} s: a bundle hangs while it stops", STOP_PATIENCE.toSeconds());
      } else {
        log().info("Host stopped");
      }
    } catch (BundleException e) {
      log().error("KIT-7011 the host did not stop in order: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void removeHook() {
    if (Thread.currentThread() != hook) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDownAlready) {
        log().debug("The process ends while the host is being closed");
      }
    }
  }
}
