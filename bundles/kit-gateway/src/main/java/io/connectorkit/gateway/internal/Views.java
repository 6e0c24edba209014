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
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes views of what the host says. */
final class Views {

  private Views() {}

  static View.Instance instance(InstanceStatus instance, List<StoredTable> tables, List<RunRecord> history, List<DeployedFile> files) {
    List<StoredTable> own = tables.stream().filter(table -> table.source().equals(instance.instance())).toList();
    return new View.Instance(instance.instance(), instance.connector(), instance.version(), instance.state().name(), instance.reason(),
        instance.remedy(), instance.capabilities(), instance.bundle(),
        files.stream().filter(file -> file.bundleId() >= 0 && file.bundleId() == instance.bundleId()).map(DeployedFile::file).findFirst().orElse(""),
        own.size(), own.stream().mapToLong(StoredTable::rows).sum(),
        history.stream().filter(run -> run.instance().equals(instance.instance())).findFirst().map(Views::run).orElse(null),
        instance.nextRun() == null ? "" : instance.nextRun().toString());
  }

  static View.Run run(RunRecord run) {
    RunRecord.Lineage lineage = run.lineage();
    return new View.Run(run.run(), run.instance(), run.trigger(), lineage.connector(), lineage.version(), lineage.bundle(), lineage.jarSha256(),
        run.startedAt().toString(), run.seconds(), run.outcome().name(), run.error(), run.rows(), run.bytes(),
        run.tables().stream().map(Views::outcome).toList());
  }

  static View.Outcome outcome(TableOutcome outcome) {
    return new View.Outcome(outcome.table(), outcome.outcome().name(), outcome.mode(), outcome.rows(), outcome.deleted(), outcome.bytes(),
        outcome.seconds(), outcome.error(), outcome.note(), outcome.watermarkBefore(), outcome.watermarkAfter(), outcome.schemaChanges());
  }

  static View.State state(TableStatus table) {
    return new View.State(table.table(), table.strategy(), table.watermarkKind(), table.watermark(), table.readAt().toString(),
        table.refreshedAt().toString(), table.resetAt().map(Instant::toString).orElse(""), table.rows(), table.dataFiles(), table.deleteFiles(),
        table.bytes(), table.run(), table.basis());
  }

  static View.Stored stored(StoredTable table) {
    return new View.Stored(table.source(), table.table(), table.rows(), table.bytes(), table.extractedAt().toString(), table.mode(), table.description());
  }

  static View.File file(DeployedFile file) {
    return new View.File(file.file(), file.state().name(), file.bundle(), file.version(), file.sha256(), file.reason(), file.note(),
        file.since().toString());
  }

  static View.Jar jar(JarReport jar) {
    return new View.Jar(true, jar.connector(), jar.connectorVersion(), jar.capabilities(), jar.bundle(), jar.bundleVersion(), jar.needs(), jar.has(),
        jar.signature().name(), jar.publisher(), jar.bytes(), jar.unpackedBytes(), jar.packages(), jar.libraries(), jar.sha256(), jar.notes());
  }

  static View.Token token(Tokens.Token token) {
    return new View.Token(token.name(), token.role(), token.createdAt());
  }

  static View.Table table(TableInfo table) {
    return new View.Table(table.viewName(), table.sourceId(), table.description(),
        table.capabilities().stream().map(Capability::label).sorted().toList(), table.primaryKey(),
        table.schema().getFields().stream().map(Views::column).toList());
  }

  private static View.Column column(Field field) {
    return new View.Column(field.getName(), field.getType().toString(), field.isNullable(),
        field.getMetadata().getOrDefault(TableInfo.DESCRIPTION, ""));
  }
}
