package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.Discovers;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.HostConfig;
import io.connectorkit.runtime.internal.duckdb.ArrowMemory;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.registry.Instance;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks a connector for its tables. */
@Component(service = Discovery.class, configurationPid = HostConfig.PID)
public final class Discovery {

  private final DuckDb duckDb;
  private final ArrowMemory memory;
  private final long limit;

  @Activate
  public Discovery(@Reference DuckDb duckDb, @Reference ArrowMemory memory, HostConfig config) {
    this.duckDb = duckDb;
    this.memory = memory;
    this.limit = (long) config.run_memory_mib() << 20;
  }

  /**
   * The tables of an instance's source, as the connector gives them.
   *
   * @throws KitException KIT-3003 if it fails
   */
  public List<TableInfo> discover(Instance instance, RunCancellation cancellation) {
    Discovers connector = requireDiscovers(instance);
    Thread thread = Thread.currentThread();
    Runnable interrupt = thread::interrupt;
    cancellation.onCancel(interrupt);
    try (BufferAllocator allocator = memory.allocate(instance.name() + " discovery", limit)) {
      CallContext context = new CallContext(instance, allocator, duckDb, cancellation);
      List<TableInfo> tables = Tccl.call(connector.getClass().getClassLoader(), () -> connector.discover(context));
      return List.copyOf(Objects.requireNonNull(tables, "discover() answered null"));
    } catch (Exception | LinkageError | VirtualMachineError e) {
      throw new KitException("KIT-3003", "discovery of '" + instance.name() + "' failed: " + Redaction.withVariables(e, instance), e);
    } finally {
      cancellation.forget(interrupt);
    }
  }

  Discovers requireDiscovers(Instance instance) {
    if (instance.connector() instanceof Discovers connector) {
      return connector;
    }
    throw new KitException("KIT-3003", "connector '" + instance.declaration().name() + "' cannot discover tables: it declares "
        + instance.declaration().capabilities() + "; deploy one that declares discover as well");
  }
}
