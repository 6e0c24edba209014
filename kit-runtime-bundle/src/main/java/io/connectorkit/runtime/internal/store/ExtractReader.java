package io.connectorkit.runtime.internal.store;

import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.Watermark;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.runtime.internal.config.Strategy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/** Reads an {@code extract.duckdb}. */
final class ExtractReader {

  private final DuckDBConnection session;
  private final String alias;

  ExtractReader(DuckDBConnection session, String alias) {
    this.session = session;
    this.alias = alias;
  }

  /** The part of a table's record that is in {@code _kit_tables}. */
  private record Origin(String source, List<String> key, String run) {}

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  ExtractContent read() throws SQLException {
    return placed().content();
  }

  /** Content, and the folder that the views name. Rows come as they were written, in their order. */
  ExtractStore.Placed placed() throws SQLException {
    List<String> roots = list("_kit_format", row -> {
      requireFormat(row.getInt("version"));
      return row.getString("root");
    });
    if (roots.size() != 1) {
      requireFormat(0);
    }
    Map<String, List<StoredFile>> files = group("_kit_files", "table_name", row -> new StoredFile(
        StoredFile.Kind.valueOf(row.getString("kind")), row.getString("file"), row.getLong("rows"), row.getLong("size_bytes"),
        row.getString("schema_json"), texts(row, "targets"), row.getString("partition")));
    Map<String, List<TableState>> states = group("_kit_state", "table_name", ExtractReader::state);
    Map<String, List<RemoteTable>> remote = group("_kit_remote", "table_name", ExtractReader::remote);
    Map<String, List<Origin>> origins = group("_kit_tables", "table_name",
        row -> new Origin(row.getString("source_id"), texts(row, "primary_key"), row.getString("run_id")));
    List<TableRecord> tables = list("_meta", row -> {
      String table = row.getString("table_name");
      Origin origin = one(origins, table, "_kit_tables");
      return new TableRecord(table, origin.source(), row.getString("description"), row.getLong("rows"),
          instant(row, "extracted_at"), row.getString("schema_json"), origin.key(), origin.run(),
          files.getOrDefault(table, List.of()), one(states, table, "_kit_state"), remote.getOrDefault(table, List.of()).stream().findFirst());
    }).stream().sorted(Comparator.comparing(TableRecord::table)).toList();
    return new ExtractStore.Placed(new ExtractContent(tables, runs(), list("_kit_retired",
        row -> new RetiredFile(row.getString("file"), instant(row, "retired_at"))), marks()), roots.get(0));
  }

  private Map<String, String> marks() throws SQLException {
    return list("_kit_marks", row -> Map.entry(row.getString("name"), row.getString("mark"))).stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static void requireFormat(int version) {
    if (version != ExtractFile.FORMAT) {
      throw new KitException("KIT-4010", "the extract is of format " + version + " and this host reads format " + ExtractFile.FORMAT
          + "; use the host that wrote it, or delete it to extract everything anew");
    }
  }

  private static RemoteTable remote(ResultSet row) throws SQLException {
    String function = row.getString("function");
    List<String> parts = texts(row, "parts");
    return new RemoteTable(
        new RemoteAttach(row.getString("alias"), row.getString("extension"), row.getString("url"), row.getString("token_env"), Map.of()),
        function == null ? new RemoteAttach.Name(parts) : new RemoteAttach.Call(function, parts), row.getString("filter"), row.getBoolean("proved"));
  }

  private static TableState state(ResultSet row) throws SQLException {
    String kind = row.getString("watermark_kind");
    return new TableState(Strategy.valueOf(row.getString("strategy")),
        kind == null ? Optional.empty() : Optional.of(Watermark.parse(Watermark.Kind.valueOf(kind), row.getString("watermark"))),
        row.getString("basis"), instant(row, "refreshed_at"));
  }

  private List<RunEntry> runs() throws SQLException {
    Map<String, List<TableOutcome>> outcomes = group("_kit_outcomes", "run_id", row -> new TableOutcome(
        row.getString("table_name"), TableOutcome.Outcome.valueOf(row.getString("outcome")), row.getLong("rows"), row.getLong("size_bytes"),
        row.getDouble("seconds"), row.getString("error"), texts(row, "schema_changes"), row.getString("mode"), row.getLong("deleted"),
        row.getString("watermark_before"), row.getString("watermark_after"), row.getString("note")));
    return list("_kit_runs", row -> {
      String run = row.getString("run_id");
      RunRecord record = new RunRecord(run, row.getString("instance"), row.getString("trigger"), instant(row, "started_at"),
          row.getDouble("seconds"), RunRecord.Outcome.valueOf(row.getString("outcome")), row.getString("error"),
          outcomes.getOrDefault(run, List.of()),
          new RunRecord.Lineage(row.getString("connector"), row.getString("version"), row.getString("bundle"), row.getString("jar_sha256")));
      return new RunEntry(record, row.getString("fingerprint"));
    });
  }

  private <T> List<T> list(String from, Row<T> mapping) throws SQLException {
    return group(from, null, mapping).getOrDefault("", List.of());
  }

  private <T> Map<String, List<T>> group(String from, String column, Row<T> mapping) throws SQLException {
    Map<String, List<T>> result = new LinkedHashMap<>();
    try (Statement statement = session.createStatement(); ResultSet row = statement.executeQuery("SELECT * FROM " + alias + "." + from)) {
      while (row.next()) {
        result.computeIfAbsent(column == null ? "" : row.getString(column), key -> new ArrayList<>()).add(mapping.read(row));
      }
    }
    return result;
  }

  private static <T> T one(Map<String, List<T>> found, String table, String from) throws SQLException {
    List<T> rows = found.getOrDefault(table, List.of());
    if (rows.isEmpty()) {
      throw new SQLException(from + " has no row of table '" + table + "'");
    }
    return rows.get(0);
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Stream.of((Object[]) row.getArray(column).getArray()).map(String::valueOf).toList();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }
}
