package io.connectorkit.runtime.internal.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.connectorkit.api.BatchSource.Query;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import io.connectorkit.api.WriteMode;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which queries fit a table: by name and type, before any row, with what to write instead. */
class WriteColumnsTest {

  private static final TableInfo ORDERS = TableInfo.table("orders").key("id").column("id", Types.int64()).column("name", Types.text())
      .column("total", Types.decimal(12, 2)).column("score", Types.float64()).column("at", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Europe/Prague"))
      .column(Field.notNullable("kind", Types.text())).column("day", new ArrowType.Date(DateUnit.MILLISECOND)).build();

  @TempDir
  private static Path folder;
  private static DuckDb duckDb;
  private static BufferAllocator allocator;

  @BeforeAll
  static void start() {
    duckDb = new DuckDb(folder.resolve("duckdb"), "512MB", 1);
    allocator = new RootAllocator();
  }

  @AfterAll
  static void stop() throws Exception {
    allocator.close();
    duckDb.close();
  }

  /** The columns of a real query, as the host learns them. */
  private static WriteColumns columns(TableInfo table, WriteMode mode, String sql) {
    try (DuckDBConnection session = duckDb.open(); Statement statement = session.createStatement(); ResultSet result = statement.executeQuery(sql)) {
      List<WriteColumns.Given> given = new ArrayList<>();
      for (Field field : Sql.describe(session, new Query(sql, List.of()), allocator).getFields()) {
        given.add(new WriteColumns.Given(field, result.getMetaData().getColumnTypeName(given.size() + 1)));
      }
      return WriteColumns.of(table, mode, given);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names(WriteMode mode, String sql) {
    return columns(ORDERS, mode, sql).schema().getFields().stream().map(Field::getName).toList();
  }

  private static String refusal(WriteMode mode, String sql) {
    return assertThrows(KitException.class, () -> columns(ORDERS, mode, sql)).getMessage();
  }

  @Test
  void columnsComeInTheOrderOfTheTableWhateverTheirOrderAndCaseInTheQuery() {
    assertEquals(List.of("id", "name", "kind"), names(WriteMode.APPEND, "SELECT 'k' AS KIND, 'n' AS name, 1 AS Id"));
  }

  @Test
  void whatHoldsEveryValueIsCastByTheHost() {
    WriteColumns columns = columns(ORDERS, WriteMode.UPSERT, "SELECT 1::TINYINT AS id, 1.5 AS total, 2::INTEGER AS score, 'a'::ENUM('a') AS name");
    assertEquals(List.of("CAST(\"id\" AS BIGINT) AS \"id\"", "CAST(\"name\" AS VARCHAR) AS \"name\"",
        "CAST(\"total\" AS DECIMAL(12, 2)) AS \"total\"", "CAST(\"score\" AS DOUBLE) AS \"score\""), columns.expressions());
  }

  @Test
  void anInstantIsTheSameInEveryZone() {
    Field at = columns(ORDERS, WriteMode.UPSERT, "SELECT 1 AS id, TIMESTAMPTZ '2026-01-31 12:00:00+01' AS at").schema().findField("at");
    assertEquals(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"), at.getType());
  }

  @Test
  void aTypeThatDoesNotHoldEveryValueIsRefusedWithTheCastToWrite() {
    assertEquals("KIT-3043 write into 'orders': column 'id' is HUGEINT in the query and BIGINT in the table, which does not hold every such value;"
        + " write CAST(\"id\" AS BIGINT) AS \"id\" in the query, which refuses what does not fit", refusal(WriteMode.UPSERT, "SELECT sum(1) AS id"));
    for (String column : List.of("'1' AS id", "1::UBIGINT AS id", "1 AS id, 1.555 AS total", "1 AS id, 1::BIGINT AS score", "1 AS id, DATE '2026-01-31' AS at",
        "1 AS id, TIMESTAMP '2026-01-31 00:00:00' AS at", "1 AS id, [1] AS name", "1 AS id, 'x'::BLOB AS name")) {
      assertEquals("KIT-3043", refusal(WriteMode.UPSERT, "SELECT " + column).substring(0, 8), column);
    }
  }

  @Test
  void aColumnWhoseTypeNoQueryCanGiveIsRefused() {
    assertEquals("KIT-3043 write into 'orders': column 'day' has the type Date(MILLISECOND), whose values a query cannot give; leave the column out",
        refusal(WriteMode.UPSERT, "SELECT 1 AS id, DATE '2026-01-31' AS day"));
  }

  @Test
  void unknownColumnsAreRefusedWithThoseThatThereAre() {
    assertEquals("KIT-3042 write into 'orders': the query gives the column 'nmae', which the table does not have; it has [id, name, total, score,"
        + " at, kind, day]: leave the column out, or give it one of these names with AS", refusal(WriteMode.UPSERT, "SELECT 1 AS id, 'x' AS nmae"));
  }

  @Test
  void appendNeedsWhatMayNotBeNullAndLeavesTheKeyToTheSource() {
    assertEquals(List.of("kind"), names(WriteMode.APPEND, "SELECT 'k' AS kind"));
    assertEquals("KIT-3042 write into 'orders': the query lacks the columns [kind], which may not be null: add them to the query",
        refusal(WriteMode.APPEND, "SELECT 1 AS id"));
  }

  @Test
  void upsertNeedsTheKeyAloneAndDoesNotTouchTheRest() {
    assertEquals(List.of("id", "total"), names(WriteMode.UPSERT, "SELECT 1 AS id, 1.00 AS total"));
    assertEquals("KIT-3042 write into 'orders': the query lacks the columns [id], by which upsert finds rows; its primary key is [id]: add them to the"
        + " query", refusal(WriteMode.UPSERT, "SELECT 'n' AS name"));
  }

  @Test
  void deleteTakesTheKeyAndNothingElse() {
    assertEquals(List.of("id"), names(WriteMode.DELETE, "SELECT 'n' AS name, 1 AS id, [1, 2] AS total"));
    assertEquals("KIT-3042", refusal(WriteMode.DELETE, "SELECT 'n' AS name").substring(0, 8));
  }

  @Test
  void keysAndColumnsThatSaySoAreNeverNull() {
    String sql = "SELECT 1 AS id, 'n' AS name, 'k' AS kind";
    assertEquals(List.of("id", "kind"), columns(ORDERS, WriteMode.UPSERT, sql).required());
    assertEquals(List.of("id"), columns(ORDERS, WriteMode.DELETE, sql).required());
  }
}
