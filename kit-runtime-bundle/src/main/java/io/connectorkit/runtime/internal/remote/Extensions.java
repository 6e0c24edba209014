package io.connectorkit.runtime.internal.remote;

import io.connectorkit.runtime.internal.analytics.Analytics;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.store.TableRecord;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the extensions that published tables need in their place when the gateway starts: an upgrade may have taken their folder away. */
@Component(service = Extensions.class, immediate = true)
public final class Extensions {

  private static final Logger LOG = LoggerFactory.getLogger(Extensions.class);

  @Activate
  public Extensions(@Reference Home home, @Reference Analytics analytics, @Reference RemoteSessions sessions) {
    if (home.gateway() && sessions.downloads()) {
      Thread thread = new Thread(() -> provide(analytics, sessions), "kit-extensions");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void provide(Analytics analytics, RemoteSessions sessions) {
    analytics.contents().values().stream().flatMap(content -> content.tables().stream()).map(TableRecord::remote)
        .flatMap(remote -> remote.stream()).map(remote -> remote.attach().extension()).distinct().forEach(extension -> {
          String problem = sessions.provide(extension);
          if (!problem.isEmpty()) {
            LOG.warn("KIT-3061 DuckDB's extension '{}' cannot be downloaded: {}; tables that need it say so when they are queried", extension, problem);
          }
        });
  }
}
