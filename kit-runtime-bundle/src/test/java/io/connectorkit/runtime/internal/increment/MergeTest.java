package io.connectorkit.runtime.internal.increment;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableState;
import io.connectorkit.runtime.internal.store.TableView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes in order, with deletions among them, against plain lists that do the same. */
class MergeTest {

  private static final TableInfo KEYED = TableInfo.table("t").key("id").column("id", Types.int64()).column("parent", Types.text())
      .column("ts", Types.int64()).incrementalOn("ts").build();
  private static final TableInfo KEYLESS = TableInfo.table("t").column("id", Types.int64()).column("parent", Types.text())
      .column("ts", Types.int64()).build();

  /** A row, or with a scope a deletion: of the row with that id, of all with that parent, or of those with both. */
  private record Step(String scope, Integer id, String parent, Integer ts) {

    boolean concerns(Step row) {
      return (id == null || !scope.contains("id") || id.equals(row.id)) && (!scope.contains("parent") || parent.equals(row.parent));
    }

    String values() {
      return "(" + (scope.isEmpty() ? "NULL" : literal(scope)) + ", " + id + ", " + (parent == null ? "NULL" : literal(parent)) + ", " + ts + ")";
    }

    String row() {
      return id + "|" + parent + "|" + ts;
    }
  }

  @TempDir
  private Path folder;

  private DuckDb duckDb;
  private DuckDBConnection session;
  private ExtractPaths paths;
  private int runs;

  @BeforeEach
  void open() {
    duckDb = new DuckDb(folder.resolve("tmp"), "256MB", 1);
    session = duckDb.open();
    paths = new ExtractPaths(folder.resolve("it's a [1] folder"));
  }

  @AfterEach
  void close() throws Exception {
    session.close();
    duckDb.close();
  }

  private static TableRecord nothing(TableInfo table) {
    Instant now = Instant.now();
    return new TableRecord("t", "t", "", 0, now, table.schema().toJson(), table.primaryKey(), "r", List.of(),
        new TableState(Strategy.UPSERT, Optional.empty(), "", now));
  }

  private TableRecord merged(TableInfo table, TableRecord published, List<Step> steps, Merge.Rule rule) throws Exception {
    String run = "r" + runs++;
    Path delivered = paths.snapshot(run, "t", "read");
    Files.createDirectories(delivered.getParent());
    boolean keyed = !table.primaryKey().isEmpty();
    String columns = "SELECT id::BIGINT AS id, parent::VARCHAR AS parent, ts::BIGINT AS ts, scope::VARCHAR AS _kit_scope";
    Sql.copy(session, columns + (keyed ? ", false AS _kit_gone" : "") + " FROM (VALUES "
        + steps.stream().map(Step::values).collect(Collectors.joining(", ")) + ") v(scope, id, parent, ts)", delivered);
    Optional<Cursor> cursor = Cursor.of(table);
    Merge.Result result = new Merge(session, paths, run, table, published, cursor).changes(delivered, keyed, rule);
    TableRecord next = new TableRecord("t", "t", "", published.rows() + result.added() - result.deleted(), published.extractedAt(),
        published.schemaJson(), table.primaryKey(), run, result.files(), published.state());
    return Compaction.due(next) ? new Compaction(session, paths, run + "c").compact(next) : next;
  }

  private List<String> rows(TableRecord table) throws Exception {
    return Sql.texts(session, "SELECT concat_ws('|', id, coalesce(parent, 'null'), ts) FROM (" + TableView.select(paths.root(), table) + ") ORDER BY 1");
  }

  private static Step random(Random random) {
    String parent = random.nextInt(12) == 0 ? null : "p" + random.nextInt(6);
    int id = random.nextInt(25);
    return switch (parent == null ? 0 : random.nextInt(8)) {
      case 0 -> new Step("parent", null, "p" + random.nextInt(6), null);
      case 1 -> new Step("id", id, null, null);
      case 2 -> new Step("id\nparent", id, parent, null);
      default -> new Step("", id, random.nextInt(12) == 0 ? null : parent, random.nextInt(100));
    };
  }

  private static List<Step> history(Random random) {
    List<Step> steps = new ArrayList<>();
    for (int i = random.nextInt(12) + 1; i > 0; i--) {
      steps.add(random(random));
    }
    return steps;
  }

  private void compare(TableInfo table, long seed) throws Exception {
    Random random = new Random(seed);
    List<Step> model = new ArrayList<>();
    TableRecord published = nothing(table);
    for (int delta = 0; delta < 25; delta++) {
      List<Step> steps = history(random);
      for (Step step : steps) {
        model.removeIf(row -> step.scope().isEmpty() ? !table.primaryKey().isEmpty() && step.id().equals(row.id()) : step.concerns(row));
        if (step.scope().isEmpty()) {
          model.add(step);
        }
      }
      published = merged(table, published, steps, Merge.Rule.LAST_DELIVERED);
      String where = "seed " + seed + ", delta " + delta + ": " + steps;
      assertEquals(model.stream().map(Step::row).sorted().toList(), rows(published), where);
      assertEquals(model.size(), published.rows(), where);
      assertTrue(published.files().size() <= 12, where + published.files());
    }
  }

  @Test
  void historiesOfAKeyedTableEndAsTheirModelDoes() throws Exception { // H5
    for (long seed = 1; seed <= 2; seed++) {
      compare(KEYED, seed);
    }
  }

  @Test
  void historiesOfATableWithoutAKeyEndAsTheirModelDoes() throws Exception {
    for (long seed = 1; seed <= 2; seed++) {
      compare(KEYLESS, seed);
    }
  }

  private static Step row(int id, String parent, int ts) {
    return new Step("", id, parent, ts);
  }

  @Test
  void rowsThatComeAgainAsTheyAreAreNotWrittenAgain() throws Exception {
    TableRecord first = merged(KEYED, nothing(KEYED), List.of(row(1, "a", 1), row(2, "a", 2)), Merge.Rule.LAST_DELIVERED);
    TableRecord again = merged(KEYED, first, List.of(new Step("parent", null, "a", null), row(1, "a", 1), row(2, "a", 2)), Merge.Rule.LAST_DELIVERED);
    assertEquals(first.files(), again.files());
    assertEquals(List.of("1|a|1", "2|a|2"), rows(again));
  }

  @Test
  void anOlderVersionOfARowIsIgnoredWhereTheNewestCounts() throws Exception { // H5
    TableRecord first = merged(KEYED, nothing(KEYED), List.of(row(1, "new", 9), row(2, "b", 2)), Merge.Rule.NEWEST);
    TableRecord late = merged(KEYED, first, List.of(row(1, "old", 8), row(2, "c", 3)), Merge.Rule.NEWEST);
    assertEquals(List.of("1|new|9", "2|c|3"), rows(late));
    assertEquals(List.of("1|old|8", "2|c|3"), rows(merged(KEYED, late, List.of(new Step("id", 1, null, null), row(1, "old", 8)), Merge.Rule.NEWEST)));
    assertEquals(List.of("1|old|8", "2|c|3"), rows(merged(KEYED, late, List.of(row(1, "old", 8)), Merge.Rule.LAST_DELIVERED)));
  }

  @Test
  void aScopeNamesAnyColumns() {
    List<String> all = List.of("a\nb", "a", "b", "\\n", "\n");
    for (List<String> some : List.of(List.of("a\nb"), List.of("b", "a"), List.of("\\n"), List.of("\n", "a"))) {
      assertEquals(all.stream().filter(some::contains).toList(), Scopes.columns(Scopes.text(some), all));
    }
    assertEquals(Arrays.asList("a"), Scopes.columns("a", all));
  }
}
