package io.connectorkit.runtime.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.RemoteAttach;
import io.connectorkit.runtime.internal.config.Strategy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** D2, D3, D18, D19: what is published of a table that is queried at its source. */
class RemoteTableTest extends StoreFixture {

  private static final RemoteAttach ATTACH = new RemoteAttach("kbc", "keboola", "https://it's.example", "KBC_TOKEN", Map.of());
  private static final String COLUMNS = new Schema(List.of(Field.nullable("i\"d", new ArrowType.Int(64, true)),
      new Field("s", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(Field.nullable("a b", ArrowType.Utf8.INSTANCE))),
      new Field("l", FieldType.nullable(ArrowType.List.INSTANCE), List.of(Field.nullable("item", new ArrowType.Decimal(12, 2, 128)))))).toJson();

  private static TableRecord remote(String name, RemoteAttach.Relation relation, boolean proved) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return new TableRecord(name, "in.c-main." + name, "d", 0, now, COLUMNS, List.of(), "r1", List.of(),
        new TableState(Strategy.REPLACE, Optional.empty(), "settings=x", now), Optional.of(new RemoteTable(ATTACH, relation, "", proved)));
  }

  private List<String> attached() throws Exception {
    return query("SELECT alias || ' ' || extension || ' ' || url || ' ' || token_env FROM _remote_attach");
  }

  private ExtractContent publish(TableRecord... tables) {
    ExtractContent last = store.load();
    return store.publish(last, last.next(List.of(tables), List.of(), Instant.now()));
  }

  @Test
  void whatWasPublishedIsReadAsItWas() throws Exception {
    TableRecord named = remote("a", new RemoteAttach.Name(List.of("in.c-main", "or\"ders")), true);
    TableRecord called = remote("b", new RemoteAttach.Call("keboola_query", List.of("it's", "")), true);
    publish(named, called, table("r1", "c", 2));
    assertEquals(List.of(named, called), store.load().tables().stream().filter(table -> table.remote().isPresent()).toList());
    assertEquals(List.of("kbc keboola https://it's.example KBC_TOKEN"), attached());
    assertEquals(List.of("a 0 0 remote", "b 0 0 remote"),
        query("SELECT table_name || ' ' || rows || ' ' || size_bytes || ' ' || query_mode FROM _meta WHERE query_mode <> 'local' ORDER BY 1"));
    assertEquals(List.of("2"), query("SELECT count(*) FROM c"));
  }

  @Test
  void anAttachmentIsListedOnlyIfItWasMadeOnceAndGoesWithItsTables() throws Exception {
    publish(remote("a", new RemoteAttach.Name(List.of("a")), false));
    assertEquals(List.of(), attached());
    publish(remote("a", new RemoteAttach.Name(List.of("a")), true));
    assertEquals(1, attached().size());
    publish(table("r2", "a", 2));
    assertEquals(List.of(), attached());
    assertEquals(List.of("local"), query("SELECT query_mode FROM _meta"));
  }

  @Test
  void theFilesOfATableThatIsNoLongerHereAreRetiredAndSwept() throws Exception {
    publish(table("r1", "a", 2));
    ExtractContent next = publish(remote("a", new RemoteAttach.Name(List.of("a")), true));
    assertEquals(1, next.retired().size());
    store.sweep(next, Duration.ZERO);
    assertEquals(List.of(), Durable.list(store.paths().snapshots()));
    assertEquals(List.of(), Durable.list(store.paths().data()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT * FROM a", "SELECT count(*) FROM a", "SELECT s FROM a WHERE \"i\"\"d\" = 5", "SELECT 1 FROM a",
      "SELECT max(\"i\"\"d\") FROM a WHERE l IS NULL AND s IS NOT NULL", "SELECT 1 WHERE EXISTS (SELECT 1 FROM a)"})
  void whateverIsAskedOfItSaysWhyItCannotBeAnswered(String sql) throws Exception {
    publish(remote("a", new RemoteAttach.Name(List.of("a")), true));
    String error = assertThrows(SQLException.class, () -> query(sql)).getMessage();
    assertTrue(error.contains("KIT-5010 it's a [1] folder.a is queried at its source, through DuckDB's extension 'keboola'"), error);
  }

  @Test
  void namesAreQuotedAndFiltersKept() {
    RemoteTable table = new RemoteTable(ATTACH, new RemoteAttach.Name(List.of("in.c-main", "or\"ders")), "\"id\" > 1", true);
    assertEquals("SELECT * FROM (SELECT CAST(\"id\" AS BIGINT) AS \"id\" FROM \"cat\".\"in.c-main\".\"or\"\"ders\") WHERE \"id\" > 1",
        table.select("cat", SCHEMA));
    assertEquals("SELECT CAST(\"id\" AS BIGINT) AS \"id\" FROM \"keboola_q\"('it''s', '')",
        new RemoteTable(ATTACH, new RemoteAttach.Call("keboola_q", List.of("it's", "")), "", true).select("cat", SCHEMA));
  }
}
