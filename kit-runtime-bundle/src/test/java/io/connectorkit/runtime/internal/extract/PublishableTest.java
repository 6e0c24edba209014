package io.connectorkit.runtime.internal.extract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.config.TableOptions;
import io.connectorkit.runtime.internal.duckdb.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A written file is looked at before it is published. */
class PublishableTest {

  private static final int ROWS = 10_000;

  @TempDir
  private Path folder;

  private DuckDBConnection session;
  private Path parquet;

  @BeforeEach
  void write() throws SQLException {
    session = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
    parquet = folder.resolve("it's a.parquet");
    Sql.copy(session, "SELECT range AS id, md5(range::VARCHAR) AS name FROM range(" + ROWS + ")", parquet);
  }

  @AfterEach
  void close() throws SQLException {
    session.close();
  }

  private void verify(long rows) throws SQLException {
    TableInfo table = TableInfo.table("a").column("id", Types.int64()).column("name", Types.text()).build();
    new Publishable(table, TableOptions.none("a"), Strategy.UPSERT, folder, null).verify(session, List.of(parquet), rows, true);
  }

  private String refusal(long rows) {
    KitException e = assertThrows(KitException.class, () -> verify(rows));
    assertEquals("KIT-3006", e.code());
    assertTrue(e.getMessage().contains(parquet.toString()) && !e.getMessage().contains("\n"), e.getMessage());
    return e.getMessage();
  }

  @Test
  void aFileWithOtherThanTheCountedRowsIsRefused() { // C10
    assertDoesNotThrow(() -> verify(ROWS));
    assertTrue(refusal(ROWS + 1).contains("hold 10000 rows of 10001"));
    refusal(ROWS - 1);
  }

  @Test
  void aFileThatDuckDbCannotReadIsRefused() throws Exception { // C10
    byte[] whole = Files.readAllBytes(parquet);
    Files.write(parquet, Arrays.copyOf(whole, whole.length / 2));
    assertTrue(refusal(ROWS).contains("cannot be read back"));
    Files.delete(parquet);
    assertTrue(refusal(ROWS).contains("check the disk"));
  }

  /** D22: were the rows counted by reading them, ones and zeros in their place would be found out. */
  @Test
  void rowsAreCountedByTheFooterAlone() throws Exception {
    byte[] bytes = Files.readAllBytes(parquet);
    Arrays.fill(bytes, 4, bytes.length / 2, (byte) 1);
    Files.write(parquet, bytes);
    assertThrows(SQLException.class, () -> Sql.first(session, "SELECT sum(length(name)) FROM read_parquet(['" + parquet.toString().replace("'", "''") + "'])"));
    assertDoesNotThrow(() -> verify(ROWS));
  }
}
