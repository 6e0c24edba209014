package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.Runs;
import io.connectorkit.host.StoredTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Profiles of all local tables: made when somebody asks, and for changed tables while no run goes on, one after the other. What is made
 * unasked takes half a per cent of the time, so that an idle host stays idle.
 */
@Component(service = Profiles.class, configurationPid = GatewayConfig.PID)
public final class Profiles {

  private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);
  private static final int REST_PER_WORK = 200;
  /** A table that a stream changes all the time is looked at so often and no more. */
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final long STOP_SECONDS = 10;

  private final Duration rest;
  private final Catalog catalog;
  private final Runs runs;
  private final ProfileMaker maker;
  private final ProfileStore store;
  private final ScheduledExecutorService idle;
  /** As they are now; not looked at again by that thread before they change. */
  private final Set<StoredTable> failed = new HashSet<>();

  @Activate
  public Profiles(BundleContext context, @Reference Catalog catalog, @Reference Runs runs, GatewayConfig config) {
    this.rest = Duration.ofSeconds(config.profile_rest_seconds());
    this.catalog = catalog;
    this.runs = runs;
    this.maker = new ProfileMaker(catalog, config.query_memory());
    this.store = new ProfileStore(Path.of(context.getProperty("kit.data")).resolve("profiles"));
    this.idle = Executors.newSingleThreadScheduledExecutor(work -> {
      Thread thread = new Thread(work, "kit-profile");
      thread.setDaemon(true);
      return thread;
    });
    // A host for one command ends before it has rested.
    if (!rest.isZero() && "gateway".equals(context.getProperty("kit.mode"))) {
      idle.schedule(this::look, rest.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** The profile of a table as it is now. One is made at a time: each takes what a query may. */
  synchronized Profile of(StoredTable table) {
    Optional<Profile> kept = store.read(table).filter(profile -> profile.isOf(table));
    if (kept.isPresent()) {
      return kept.get();
    }
    Profile made = maker.made(table);
    store.write(table, made);
    return made;
  }

  private void look() {
    long begin = System.nanoTime();
    try {
      if (runs.active().isEmpty()) {
        List<StoredTable> tables = catalog.tables();
        store.retain(tables);
        failed.retainAll(tables);
        tables.stream().filter(this::isDue).findFirst().ifPresent(this::make);
      }
    } catch (RuntimeException e) {
      LOG.warn("KIT-6018 tables cannot be profiled: {}", e.toString());
    } finally {
      if (!idle.isShutdown()) {
        idle.schedule(this::look, Math.max(rest.toNanos(), (System.nanoTime() - begin) * REST_PER_WORK), TimeUnit.NANOSECONDS);
      }
    }
  }

  private void make(StoredTable table) {
    try {
      of(table);
    } catch (RuntimeException e) {
      // Whoever asks for that table gets the reason.
      failed.add(table);
      LOG.debug("{}.{} cannot be profiled", table.source(), table.table(), e);
    }
  }

  private boolean isDue(StoredTable table) {
    return table.mode().equals("local") && !failed.contains(table)
        && store.extractedAt(table).map(kept -> kept.plus(FRESH).isBefore(table.extractedAt())).orElse(true);
  }

  @Deactivate
  public void close() throws InterruptedException {
    idle.shutdownNow();
    idle.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
