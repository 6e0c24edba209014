package io.connectorkit.gateway.internal;

import io.connectorkit.api.Capability;
import io.connectorkit.api.TableInfo;
import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.JarReport;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.StoredTable;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/** The JSON form of what the host knows, key by key: its classes may change, this may not. */
final class Views {

  private Views() {}

  static Map<String, Object> instance(InstanceStatus instance, List<StoredTable> tables, List<RunRecord> history, List<DeployedFile> files) {
    List<StoredTable> own = tables.stream().filter(table -> table.source().equals(instance.instance())).toList();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("instance", instance.instance());
    view.put("connector", instance.connector());
    view.put("version", instance.version());
    view.put("state", instance.state().name());
    view.put("reason", instance.reason());
    view.put("remedy", instance.remedy());
    view.put("capabilities", instance.capabilities());
    view.put("bundle", instance.bundle());
    view.put("file", files.stream().filter(file -> file.bundleId() >= 0 && file.bundleId() == instance.bundleId())
        .map(DeployedFile::file).findFirst().orElse(""));
    view.put("tables", own.size());
    view.put("rows", own.stream().mapToLong(StoredTable::rows).sum());
    view.put("lastRun", history.stream().filter(run -> run.instance().equals(instance.instance())).findFirst().map(Views::run).orElse(null));
    view.put("nextRun", instance.nextRun() == null ? "" : instance.nextRun().toString());
    return view;
  }

  static Map<String, Object> run(RunRecord run) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("run", run.run());
    view.put("instance", run.instance());
    view.put("trigger", run.trigger());
    view.put("connector", run.lineage().connector());
    view.put("version", run.lineage().version());
    view.put("bundle", run.lineage().bundle());
    view.put("jarSha256", run.lineage().jarSha256());
    view.put("startedAt", run.startedAt().toString());
    view.put("seconds", run.seconds());
    view.put("outcome", run.outcome().name());
    view.put("error", run.error());
    view.put("rows", run.rows());
    view.put("bytes", run.bytes());
    view.put("tables", run.tables().stream().map(Views::outcome).toList());
    return view;
  }

  static Map<String, Object> outcome(TableOutcome outcome) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("table", outcome.table());
    view.put("outcome", outcome.outcome().name());
    view.put("mode", outcome.mode());
    view.put("rows", outcome.rows());
    view.put("deleted", outcome.deleted());
    view.put("bytes", outcome.bytes());
    view.put("seconds", outcome.seconds());
    view.put("error", outcome.error());
    view.put("note", outcome.note());
    view.put("watermarkBefore", outcome.watermarkBefore());
    view.put("watermarkAfter", outcome.watermarkAfter());
    view.put("schemaChanges", outcome.schemaChanges());
    return view;
  }

  static Map<String, Object> state(TableStatus table) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("table", table.table());
    view.put("strategy", table.strategy());
    view.put("watermarkKind", table.watermarkKind());
    view.put("watermark", table.watermark());
    view.put("readAt", table.readAt().toString());
    view.put("refreshedAt", table.refreshedAt().toString());
    view.put("resetAt", table.resetAt().map(Instant::toString).orElse(""));
    view.put("rows", table.rows());
    view.put("dataFiles", table.dataFiles());
    view.put("deleteFiles", table.deleteFiles());
    view.put("bytes", table.bytes());
    view.put("run", table.run());
    view.put("basis", table.basis());
    return view;
  }

  static Map<String, Object> stored(StoredTable table) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("source", table.source());
    view.put("table", table.table());
    view.put("rows", table.rows());
    view.put("bytes", table.bytes());
    view.put("extractedAt", table.extractedAt().toString());
    view.put("mode", table.mode());
    view.put("description", table.description());
    return view;
  }

  static Map<String, Object> file(DeployedFile file) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("file", file.file());
    view.put("state", file.state().name());
    view.put("bundle", file.bundle());
    view.put("version", file.version());
    view.put("sha256", file.sha256());
    view.put("reason", file.reason());
    view.put("note", file.note());
    view.put("since", file.since().toString());
    return view;
  }

  static Map<String, Object> jar(JarReport jar) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("ok", true);
    view.put("connector", jar.connector());
    view.put("version", jar.connectorVersion());
    view.put("capabilities", jar.capabilities());
    view.put("bundle", jar.bundle());
    view.put("bundleVersion", jar.bundleVersion());
    view.put("needs", jar.needs());
    view.put("has", jar.has());
    view.put("signature", jar.signature().name());
    view.put("publisher", jar.publisher());
    view.put("bytes", jar.bytes());
    view.put("unpackedBytes", jar.unpackedBytes());
    view.put("packages", jar.packages());
    view.put("libraries", jar.libraries());
    view.put("sha256", jar.sha256());
    view.put("notes", jar.notes());
    return view;
  }

  static Map<String, Object> table(TableInfo table) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("table", table.viewName());
    view.put("sourceId", table.sourceId());
    view.put("description", table.description());
    view.put("capabilities", table.capabilities().stream().map(Capability::label).sorted().toList());
    view.put("key", table.primaryKey());
    view.put("columns", table.schema().getFields().stream().map(Views::column).toList());
    return view;
  }

  private static Map<String, Object> column(Field field) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", field.getName());
    view.put("type", field.getType().toString());
    view.put("nullable", field.isNullable());
    view.put("description", field.getMetadata().getOrDefault(TableInfo.DESCRIPTION, ""));
    return view;
  }
}
