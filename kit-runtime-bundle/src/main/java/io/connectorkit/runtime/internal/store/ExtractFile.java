package io.connectorkit.runtime.internal.store;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.execute;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.transaction;

import io.connectorkit.runtime.internal.duckdb.DuckDb;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.duckdb.DuckDBConnection;

/** The form of {@code extract.duckdb}, and the way in and out of it. */
public final class ExtractFile {

  /** Readable by DuckDB 1.1 and later; the default of DuckDB 2 is refused by every 1.x. */
  public static final String STORAGE_VERSION = "v1.0.0";

  /** Changes with the tables below; a host reads only files of its own version. */
  static final int FORMAT = 4;

  private static final List<String> TABLES = List.of(
      "_meta(table_name VARCHAR NOT NULL, description VARCHAR, rows BIGINT, size_bytes BIGINT, extracted_at TIMESTAMP,"
          + " query_mode VARCHAR DEFAULT 'local', schema_json VARCHAR)",
      "_remote_attach(alias VARCHAR, extension VARCHAR, url VARCHAR, token_env VARCHAR)",
      "_kit_format(version INTEGER, root VARCHAR)",
      "_kit_tables(table_name VARCHAR NOT NULL, source_id VARCHAR, primary_key VARCHAR[], run_id VARCHAR)",
      "_kit_columns(table_name VARCHAR NOT NULL, position INTEGER, column_name VARCHAR, arrow_type VARCHAR, stored_type VARCHAR,"
          + " \"cast\" VARCHAR, time_zone VARCHAR, description VARCHAR)",
      "_kit_files(table_name VARCHAR NOT NULL, position INTEGER, kind VARCHAR, file VARCHAR, rows BIGINT, size_bytes BIGINT,"
          + " schema_json VARCHAR, targets VARCHAR[])",
      "_kit_state(table_name VARCHAR NOT NULL, strategy VARCHAR, watermark_kind VARCHAR, watermark VARCHAR, basis VARCHAR,"
          + " refreshed_at TIMESTAMP)",
      "_kit_remote(table_name VARCHAR NOT NULL, alias VARCHAR, extension VARCHAR, url VARCHAR, token_env VARCHAR, function VARCHAR,"
          + " parts VARCHAR[], filter VARCHAR, proved BOOLEAN)",
      "_kit_retired(file VARCHAR NOT NULL, retired_at TIMESTAMP)",
      "_kit_runs(run_id VARCHAR NOT NULL, instance VARCHAR, trigger VARCHAR, started_at TIMESTAMP, seconds DOUBLE, outcome VARCHAR,"
          + " error VARCHAR, connector VARCHAR, version VARCHAR, bundle VARCHAR, jar_sha256 VARCHAR, fingerprint VARCHAR)",
      "_kit_outcomes(run_id VARCHAR NOT NULL, position INTEGER, table_name VARCHAR, outcome VARCHAR, rows BIGINT, size_bytes BIGINT,"
          + " seconds DOUBLE, error VARCHAR, schema_changes VARCHAR[], mode VARCHAR, deleted BIGINT, watermark_before VARCHAR,"
          + " watermark_after VARCHAR, note VARCHAR)");

  private final DuckDb duckDb;
  private final Trail trail;
  /** Attached names are seen by every session of the shared instance, so they must differ between threads. */
  private final String alias = "extract_" + UUID.randomUUID().toString().replace('-', '_');

  ExtractFile(DuckDb duckDb, Trail trail) {
    this.duckDb = duckDb;
    this.trail = trail;
  }

  ExtractContent read(Path file) throws SQLException {
    return read(file, ExtractReader::read);
  }

  /** Content, and the folder that the views name. */
  ExtractStore.Placed placed(Path file) throws SQLException {
    return read(file, ExtractReader::placed);
  }

  private interface Part<T> {
    T read(ExtractReader reader) throws SQLException;
  }

  private <T> T read(Path file, Part<T> part) throws SQLException {
    try (DuckDBConnection session = duckDb.open()) {
      execute(session, "ATTACH " + literal(file.toString()) + " AS " + alias + " (READ_ONLY)");
      try {
        return part.read(new ExtractReader(session, alias));
      } finally {
        execute(session, "DETACH " + alias);
      }
    }
  }

  void write(Path file, Path root, ExtractContent content) throws SQLException {
    try (DuckDBConnection session = duckDb.open()) {
      execute(session, "ATTACH " + literal(file.toString()) + " AS " + alias + " (STORAGE_VERSION '" + STORAGE_VERSION + "')");
      try {
        transaction(session, () -> {
          for (String table : TABLES) {
            execute(session, "CREATE TABLE " + alias + "." + table);
          }
          trail.reached("extract.created");
          new ExtractWriter(session, alias).write(root, content);
          trail.reached("extract.filled");
        });
        trail.reached("extract.committed");
        execute(session, "CHECKPOINT " + alias);
        trail.reached("extract.checkpointed");
      } finally {
        execute(session, "DETACH " + alias);
      }
    }
  }
}
