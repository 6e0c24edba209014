package io.connectorkit.runtime.internal.write;

import io.connectorkit.host.KitException;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.TableWrites;
import io.connectorkit.host.WriteOrder;
import io.connectorkit.host.WriteRecord;
import io.connectorkit.runtime.internal.analytics.ReadSessions;
import io.connectorkit.runtime.internal.extract.Engine;
import io.connectorkit.runtime.internal.extract.Listeners;
import io.connectorkit.runtime.internal.extract.RunService;
import io.connectorkit.runtime.internal.registry.Registry;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts writes, and has each of them in the log: who changes a source leaves a trace. */
@Component
public final class WriteService implements TableWrites {

  private static final Logger LOG = LoggerFactory.getLogger(WriteService.class);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Registry registry;
  private final RunService runs;
  private final Engine engine;
  private final ReadSessions sessions;

  @Activate
  public WriteService(@Reference Registry registry, @Reference RunService runs, @Reference Engine engine, @Reference ReadSessions sessions) {
    this.registry = registry;
    this.runs = runs;
    this.engine = engine;
    this.sessions = sessions;
  }

  @Override
  public CompletableFuture<WriteRecord> start(WriteOrder order, RunListener listener) {
    if (!order.id().isEmpty() && !ID.matcher(order.id()).matches()) {
      throw new KitException("KIT-3047", "'" + order.id() + "' cannot be the id of a write; use at most 64 letters, digits, hyphens and underscores");
    }
    WritePermission.require(registry.require(order.instance()));
    String write = order.id().isEmpty() ? RunService.newId() : order.id();
    return runs.work(order.instance(), order.instance() + "-write", (instance, cancellation) -> {
      // Once more: its file may have changed while the write waited for its turn.
      WritePermission.require(instance);
      WriteRecord record = new WriteRun(engine, sessions, instance, order, write, cancellation, new Listeners(listener)).execute();
      log(record);
      return record;
    });
  }

  private static void log(WriteRecord write) {
    String summary = String.format(Locale.ROOT, "%s.%s: %s%s %s, %d rows, %d taken, %d refused, %.2f s (write %s)", write.instance(), write.table(),
        write.dryRun() ? "dry run of " : "", write.mode().label(), write.outcome(), write.rows(), write.taken(), write.refused(), write.seconds(),
        write.write());
    if (write.outcome() == WriteRecord.Outcome.OK) {
      LOG.info(summary);
    } else {
      LOG.warn("{}{}", summary, write.error().isEmpty() ? "" : ": " + write.error());
    }
  }
}
