package io.connectorkit.connector.files;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.TableInfo;
import io.connectorkit.contract.ConnectorProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/** A folder with an instance of the connector on it. */
final class FolderProbe implements AutoCloseable {

  private final FilesConnector connector = new FilesConnector();
  private final Path folder;
  private ConnectorProbe probe;

  FolderProbe(Path folder) {
    this.folder = folder;
    configure(Map.of());
  }

  FolderProbe configure(Map<String, Object> settings) {
    close();
    Map<String, Object> all = new HashMap<>(settings);
    all.put("path", folder.toString());
    probe = new ConnectorProbe(all, Map.of());
    return this;
  }

  /** Sets the options of one file. */
  FolderProbe options(String file, Map<String, Object> options) {
    return configure(Map.of("files", Map.of(file, options)));
  }

  Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  ConnectorProbe probe() {
    return probe;
  }

  List<TableInfo> tables() {
    return probe.discover(connector);
  }

  List<String> views() {
    return tables().stream().map(TableInfo::viewName).toList();
  }

  TableInfo table(String view) {
    return probe.table(connector, view);
  }

  /** Columns as "name Type". */
  List<String> columns(String view) {
    return columns(table(view).schema());
  }

  private static List<String> columns(Schema schema) {
    return schema.getFields().stream().map(field -> field.getName() + " " + field.getType()).toList();
  }

  List<List<Object>> rows(String view) throws IOException {
    return rows(table(view));
  }

  List<List<Object>> rows(TableInfo table) throws IOException {
    return probe.rows(connector, table, 1000);
  }

  List<Map<String, Object>> query(String view, String sql) throws IOException {
    return probe.query(connector, table(view), 1000, sql);
  }

  void read(String view, ConnectorProbe.BatchVisitor visitor) throws IOException {
    probe.read(connector, table(view), 1000, visitor);
  }

  /** Reading the table fails with a message that has all these parts. */
  void fails(String view, String... parts) {
    String message = assertThrows(Exception.class, () -> rows(view)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Override
  public void close() {
    if (probe != null) {
      probe.close();
    }
  }
}
