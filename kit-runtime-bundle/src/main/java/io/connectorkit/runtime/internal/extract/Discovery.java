package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.HostConfig;
import io.connectorkit.runtime.internal.duckdb.ArrowMemory;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.isolation.Tccl;
import io.connectorkit.runtime.internal.registry.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.arrow.memory.BufferAllocator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks a connector for its tables and how they are attached, on a thread of its own: the answer may never come. */
@Component(service = Discovery.class, configurationPid = HostConfig.PID)
public final class Discovery {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final DuckDb duckDb;
  private final ArrowMemory memory;
  private final InstanceScopes scopes;
  private final long memoryLimit;
  private final Duration stall;

  @Activate
  public Discovery(@Reference DuckDb duckDb, @Reference ArrowMemory memory, @Reference InstanceScopes scopes, HostConfig config) {
    this.duckDb = duckDb;
    this.memory = memory;
    this.scopes = scopes;
    this.memoryLimit = (long) config.run_memory_mib() << 20;
    this.stall = Duration.ofSeconds(config.run_stall_seconds());
  }

  /** The same, within the limit that a run has. */
  public List<TableInfo> discover(Instance instance, RunCancellation cancellation) {
    return discover(instance, cancellation, stall);
  }

  /**
   * The tables of an instance's source, as the connector gives them.
   *
   * @param limit zero for none
   * @throws KitException KIT-3003 if it fails, KIT-3014 if it takes too long
   */
  public List<TableInfo> discover(Instance instance, RunCancellation cancellation, Duration limit) {
    Discovers connector = requireDiscovers(instance);
    return call("discovery of", instance, cancellation, limit, () -> ask(instance, cancellation, context -> whole(connector.discover(context))));
  }

  /**
   * How DuckDB gets at the source, as the connector says; within the limit that a run has.
   *
   * @throws KitException as {@link #discover}
   */
  RemoteAttach attach(Instance instance, RunCancellation cancellation, List<TableInfo> tables) {
    AttachesRemote connector = (AttachesRemote) instance.connector();
    return call("attachment of", instance, cancellation, stall, () -> ask(instance, cancellation,
        context -> Objects.requireNonNull(connector.attach(context, tables), "attach() answered null")));
  }

  /** Something that may take as long as the source likes, within the limit that a run has. */
  <T> T call(String what, Instance instance, RunCancellation cancellation, Callable<T> call) {
    return call(what, instance, cancellation, stall, call);
  }

  private static <T> T call(String what, Instance instance, RunCancellation cancellation, Duration limit, Callable<T> call) {
    FutureTask<T> answer = new FutureTask<>(call);
    Thread thread = new Thread(NamedThreads.mainGroup(), answer, "kit-discover-" + instance.name());
    thread.setDaemon(true);
    Runnable interrupt = thread::interrupt;
    cancellation.onCancel(interrupt);
    thread.start();
    try {
      return await(answer, limit, cancellation, thread);
    } catch (ExecutionException e) {
      throw new KitException("KIT-3003", what + " '" + instance.name() + "' failed: " + Redaction.withVariables(e.getCause(), instance),
          e.getCause());
    } catch (TimeoutException e) {
      throw new KitException(cancellation.cancelled() ? "KIT-3003" : "KIT-3014", what + " '" + instance.name()
          + (cancellation.cancelled() ? "' was cancelled" : "' has not answered within " + limit.toMillis() / 1000.0
              + " s; check the source, or raise run.stall.seconds"), e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new KitException("KIT-3003", what + " '" + instance.name() + "' was interrupted", e);
    } finally {
      cancellation.forget(interrupt);
    }
  }

  /** Waits; a connector that is told to stop, because it is late or the run is cancelled, has a moment to do so. */
  private static <T> T await(FutureTask<T> answer, Duration limit, RunCancellation cancellation, Thread thread)
      throws InterruptedException, ExecutionException, TimeoutException {
    long begin = System.nanoTime();
    while (!cancellation.cancelled()) {
      try {
        return answer.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (Limits.exceeded(limit, System.nanoTime() - begin)) {
          thread.interrupt();
          throw e;
        }
      }
    }
    return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private interface Question<T> {
    T ask(ConnectorContext context) throws Exception;
  }

  private <T> T ask(Instance instance, RunCancellation cancellation, Question<T> question) throws Exception {
    try (BufferAllocator allocator = memory.allocate(instance.name() + " discovery", memoryLimit);
        CallContext context = new CallContext(instance, allocator, duckDb, cancellation, scopes, CallContext.Progress.NONE)) {
      return Tccl.call(instance.connector().getClass().getClassLoader(), () -> question.ask(context));
    }
  }

  /** Without nulls; copied where it is still the connector's own thread and class loader, since the list is of its making. */
  private static List<TableInfo> whole(List<TableInfo> tables) {
    List<TableInfo> whole = new ArrayList<>(Objects.requireNonNull(tables, "discover() answered null"));
    whole.forEach(table -> Objects.requireNonNull(table, "discover() answered a list with a table that is null"));
    return List.copyOf(whole);
  }

  Discovers requireDiscovers(Instance instance) {
    if (instance.connector() instanceof Discovers connector) {
      return connector;
    }
    throw new KitException("KIT-3003", "connector '" + instance.declaration().name() + "' cannot discover tables: it declares "
        + instance.declaration().capabilities() + "; deploy one that declares discover as well");
  }
}
