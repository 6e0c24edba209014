package io.connectorkit.runtime.internal.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies for changed columns (B16), run by a real DuckDB. */
class SchemaPlanTest {

  private static final ArrowType INT = new ArrowType.Int(32, true);
  private static final ArrowType LONG = new ArrowType.Int(64, true);
  private static final ArrowType TEXT = ArrowType.Utf8.INSTANCE;
  private static final Schema PUBLISHED = new Schema(List.of(Field.nullable("id", LONG), Field.nullable("gone", TEXT)));
  private static final Schema DELIVERED = new Schema(List.of(Field.nullable("id", INT), Field.nullable("fresh", TEXT)));

  @TempDir
  private Path folder;

  private SchemaPlan plan(SchemaPolicy policy, Schema delivered) {
    List<SchemaChange> changes = SchemaDiff.of(PUBLISHED, List.of(), delivered, List.of());
    return SchemaPlan.next("orders", policy, PUBLISHED, changes, delivered,
        "SELECT * FROM read_parquet(" + DuckDb.literal(folder.resolve("old.parquet").toString()) + ")");
  }

  private List<String> described(SchemaPlan plan) throws Exception {
    try (var connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
      DuckDb.execute(connection, "COPY (SELECT 1::BIGINT AS id, 'x' AS gone) TO '" + folder.resolve("old.parquet") + "' (FORMAT parquet)");
      List<String> columns = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("DESCRIBE " + plan.over("(SELECT 7::INTEGER AS id, 'new' AS fresh)", "", ""))) {
        while (result.next()) {
          columns.add(result.getString(1) + " " + result.getString(2));
        }
      }
      return columns;
    }
  }

  @Test
  void evolveAddsWidensAndKeeps() throws Exception {
    SchemaPlan plan = plan(SchemaPolicy.EVOLVE, DELIVERED);
    assertEquals(List.of("id BIGINT", "fresh VARCHAR", "gone VARCHAR"), described(plan));
    assertEquals(List.of("id", "fresh", "gone"), plan.schema().getFields().stream().map(Field::getName).toList());
    assertEquals(LONG, plan.schema().findField("id").getType());
    assertEquals(3, plan.changes().size());
  }

  @Test
  void discardColumnsLeavesNewOnesOut() throws Exception {
    assertEquals(List.of("id BIGINT", "gone VARCHAR"), described(plan(SchemaPolicy.DISCARD_COLUMNS, DELIVERED)));
  }

  @Test
  void freezeRefusesWithEveryChangeNamed() {
    String message = assertThrows(KitException.class, () -> plan(SchemaPolicy.FREEZE, DELIVERED)).getMessage();
    assertTrue(message.startsWith("KIT-3016") && message.contains("added fresh") && message.contains("removed gone"), message);
  }

  @Test
  void aTypeThatCannotBeReconciledIsHeld() {
    Schema delivered = new Schema(List.of(Field.nullable("id", ArrowType.Bool.INSTANCE), Field.nullable("gone", TEXT)));
    String message = assertThrows(KitException.class, () -> plan(SchemaPolicy.EVOLVE, delivered)).getMessage();
    assertTrue(message.contains("column 'id'") && message.contains("Bool"), message);
  }

  @Test
  void sameColumnsArePublishedAsTheyCome() {
    assertEquals("\"gone\", \"id\"", plan(SchemaPolicy.FREEZE, new Schema(List.of(Field.nullable("gone", TEXT), Field.notNullable("id", LONG)))).select());
  }
}
