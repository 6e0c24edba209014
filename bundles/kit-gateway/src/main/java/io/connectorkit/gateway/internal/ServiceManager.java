package io.connectorkit.gateway.internal;

import io.connectorkit.host.DeployFolder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the gateway is ready, and from then on that it lives, where the unit asks for that. Through systemd's own command, since
 * Java has no datagrams over UNIX sockets; the unit has {@code NotifyAccess=all} for it.
 */
@Component(service = ServiceManager.class, immediate = true)
public final class ServiceManager {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

  private final ScheduledExecutorService thread;

  @Activate
  public ServiceManager(@Reference EndpointFile endpoint, @Reference DeployFolder folder) {
    boolean managed = System.getenv("NOTIFY_SOCKET") != null;
    this.thread = managed ? Executors.newSingleThreadScheduledExecutor(work -> {
      Thread named = new Thread(work, "kit-notify");
      named.setDaemon(true);
      return named;
    }) : null;
    if (managed) {
      endpoint.announced().thenRunAsync(() -> tell("READY=1"), thread);
      String watchdog = System.getenv("WATCHDOG_USEC");
      if (watchdog != null) {
        long half = Long.parseLong(watchdog) / 2;
        thread.scheduleWithFixedDelay(() -> alive(folder), half, half, TimeUnit.MICROSECONDS);
      }
    }
  }

  /** Asking the deploy folder shows that the host answers, and not just this thread. */
  private static void alive(DeployFolder folder) {
    folder.watch();
    tell("WATCHDOG=1");
  }

  private static void tell(String what) {
    try {
      Process process = new ProcessBuilder(List.of("systemd-notify", what)).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        LOG.warn("KIT-6017 systemd-notify {} ended with {}", what, process.exitValue());
      }
    } catch (IOException e) {
      LOG.warn("KIT-6017 systemd-notify cannot be run: {}; take Type=notify and WatchdogSec out of the unit", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Deactivate
  public void close() {
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
