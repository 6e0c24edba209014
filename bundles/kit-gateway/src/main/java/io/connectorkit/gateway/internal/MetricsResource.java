package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.Instances;
import io.connectorkit.host.RunProgress;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import io.connectorkit.host.StoredTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Figures in the text format of Prometheus. */
final class MetricsResource implements Resource {

  private static final String MEDIA_TYPE = "text/plain";

  private final Instances instances;
  private final Runs runs;
  private final Catalog catalog;

  MetricsResource(Instances instances, Runs runs, Catalog catalog) {
    this.instances = instances;
    this.runs = runs;
    this.catalog = catalog;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/metrics", "getMetrics", "Figures in the text format of Prometheus").gives(200, MEDIA_TYPE).by(this::metrics));
  }

  private Object metrics(Call call) throws IOException {
    MetricText text = new MetricText();
    instances(text);
    runs(text);
    process(text);
    call.response().setContentType(MEDIA_TYPE + "; version=0.0.4; charset=utf-8");
    call.response().getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
    return null;
  }

  private void instances(MetricText text) {
    Map<String, Long> states = instances.list().stream().collect(Collectors.groupingBy(each -> each.state().name(), TreeMap::new, Collectors.counting()));
    text.gauge("connectorkit_instances", "Instances by state");
    for (InstanceStatus.State state : InstanceStatus.State.values()) {
      text.value("state", state.name(), states.getOrDefault(state.name(), 0L));
    }
    Map<String, List<StoredTable>> tables = catalog.tables().stream().collect(Collectors.groupingBy(StoredTable::source, TreeMap::new, Collectors.toList()));
    text.gauge("connectorkit_tables", "Published tables of an instance");
    tables.forEach((source, own) -> text.value("instance", source, own.size()));
    text.gauge("connectorkit_rows", "Published rows of an instance");
    tables.forEach((source, own) -> text.value("instance", source, own.stream().mapToLong(StoredTable::rows).sum()));
  }

  private void runs(MetricText text) {
    Map<Boolean, Long> active = runs.active().stream().collect(Collectors.partitioningBy(RunProgress::running, Collectors.counting()));
    text.gauge("connectorkit_runs", "Runs that go on or wait for their turn");
    text.value("state", "running", active.get(true));
    text.value("state", "waiting", active.get(false));
    Map<String, RunRecord> last = new TreeMap<>();
    runs.history().forEach(run -> last.putIfAbsent(run.instance(), run));
    text.gauge("connectorkit_last_run_timestamp_seconds", "Start of the last run that has ended");
    last.forEach((instance, run) -> text.value("instance", instance, run.startedAt().getEpochSecond()));
    text.gauge("connectorkit_last_run_seconds", "How long it took");
    last.forEach((instance, run) -> text.value("instance", instance, run.seconds()));
    text.gauge("connectorkit_last_run_rows", "Rows that it published");
    last.forEach((instance, run) -> text.value("instance", instance, run.rows()));
    text.gauge("connectorkit_last_run_ok", "Whether all of its tables were published");
    last.forEach((instance, run) -> text.value("instance", instance, run.outcome() == RunRecord.Outcome.OK ? 1 : 0));
  }

  private static void process(MetricText text) {
    var memory = ManagementFactory.getMemoryMXBean();
    text.gauge("jvm_memory_used_bytes", "Memory that the JVM uses");
    text.value("area", "heap", memory.getHeapMemoryUsage().getUsed());
    text.value("area", "nonheap", memory.getNonHeapMemoryUsage().getUsed());
    text.gauge("jvm_threads_current", "Threads");
    text.value(ManagementFactory.getThreadMXBean().getThreadCount());
    text.gauge("process_start_time_seconds", "When the process began");
    text.value(ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0);
  }
}
