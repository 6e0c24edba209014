package io.connectorkit.runtime.internal.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import io.connectorkit.runtime.internal.analytics.Analytics;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.TableOptions;
import io.connectorkit.runtime.internal.duckdb.DuckDb;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.increment.ReadPlan;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.ExtractPaths;
import io.connectorkit.runtime.internal.store.ExtractStore;
import io.connectorkit.runtime.internal.store.Steps;
import io.connectorkit.runtime.internal.store.StoredFile;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableView;
import io.connectorkit.runtime.internal.store.Trail;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Batches of changes, many and small, into tables that are large. */
class ChangeStreamTest {

  private static final TableInfo ISSUES = TableInfo.table("issues").key("id").column("id", Types.int64()).column("title", Types.text())
      .column("version", Types.int64()).incrementalOn("version").build();
  private static final TableInfo COMMENTS = TableInfo.table("comments").key("id").column("id", Types.int64()).column("issue", Types.int64())
      .column("body", Types.text()).build();

  @TempDir
  private Path folder;

  private DuckDb duckDb;
  private Analytics analytics;
  private ExtractStore store;
  private ChangeJournal journal;
  private BufferAllocator memory;
  private int batches;

  @BeforeEach
  void open() {
    duckDb = new DuckDb(folder.resolve("tmp"), "512MB", 0);
    analytics = new Analytics(new Home(folder, folder, folder.resolve("it's [1]"), false), duckDb, new Steps());
    store = new ExtractStore(new ExtractPaths(folder.resolve("it's [1]/shop")), duckDb, Trail.NONE);
    journal = new ChangeJournal(duckDb);
    memory = new RootAllocator();
  }

  @AfterEach
  void close() throws Exception {
    memory.close();
    analytics.close();
    duckDb.close();
  }

  private ConnectorContext context() {
    return (ConnectorContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ConnectorContext.class}, (proxy, method, args) ->
        switch (method.getName()) {
          case "allocator" -> memory;
          case "cancellation" -> new RunCancellation();
          case "instance" -> "shop";
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  private void publish(Changes changes, Map<String, String> marks) throws Exception {
    ExtractContent present = analytics.current("shop");
    String run = ExtractContent.STREAMS + "1/" + batches++;
    ChangeBatch batch = new ChangeBatch(duckDb, Trail.NONE, store.paths(), run, journal, present);
    for (TableInfo table : List.of(ISSUES, COMMENTS)) {
      List<Changes.Change> own = changes.list().stream().filter(change -> change.table().equals(table.sourceId())).toList();
      TableOptions options = TableOptions.none(table.viewName());
      if (!own.isEmpty()) {
        batch.add(table, options, last -> ReadPlan.of(table, options, last, "", false, Instant.now()), own, context());
      }
    }
    ExtractContent next = present.next(batch.tables(), present.runs(), Instant.now()).with(marks);
    new Publisher(duckDb, analytics, store, Trail.NONE, new RunCancellation()).publish(present, next, run, batch::published);
  }

  private static Map<String, Object> issue(long id, String title, long version) {
    return Map.of("id", id, "title", title, "version", version);
  }

  private static Map<String, Object> comment(long id, long issue, String body) {
    return Map.of("id", id, "issue", issue, "body", body);
  }

  private List<String> rows(TableRecord table) throws Exception {
    try (DuckDBConnection session = duckDb.open()) {
      return Sql.texts(session, "SELECT concat_ws('|', *COLUMNS(*)) FROM (" + TableView.select(store.paths().root(), table) + ") ORDER BY 1");
    }
  }

  private List<String> rows(String table) throws Exception {
    return rows(store.load().table(table).orElseThrow());
  }

  @Test
  void aBatchIsSeenInAllTablesWithItsMarks() throws Exception { // H2, H12
    publish(new Changes().upsert("issues", issue(1, "one", 1)).replace("comments", Map.of("issue", 1L), List.of(comment(7, 1, "a"), comment(8, 1, "b"))),
        Map.of("inbox", "17"));
    publish(new Changes().upsert("issues", issue(1, "old", 0)).replace("comments", Map.of("issue", 1L), List.of(comment(8, 1, "c"))), Map.of("inbox", "18"));
    assertEquals(List.of("1|one|1"), rows("issues"));
    assertEquals(List.of("8|1|c"), rows("comments"));
    assertEquals(Map.of("inbox", "18"), store.load().marks());
    assertEquals(List.of(), store.load().runs());
    try (DuckDBConnection session = duckDb.open()) {
      DuckDb.execute(session, "ATTACH " + DuckDb.literal(folder.resolve("it's [1]/analytics.duckdb").toString()) + " AS joined (READ_ONLY)");
      assertEquals("c", Sql.first(session, "SELECT body FROM joined.shop.comments"));
    }
    assertTrue(store.load().table("issues").orElseThrow().state().watermark().isEmpty());
  }

  @Test
  void aBatchThatDoesNotFitChangesNothing() throws Exception { // H9
    publish(new Changes().upsert("issues", issue(1, "one", 1)), Map.of("inbox", "1"));
    for (Changes bad : List.of(new Changes().upsert("comments", Map.of("id", "x")), new Changes().upsert("comments", Map.of("issue", 1L)),
        new Changes().delete("comments", Map.of("colour", 1L)))) {
      assertThrows(ConnectorException.class, () -> publish(new Changes().upsert("issues", issue(1, "two", 2)).addAll(bad), Map.of("inbox", "2")));
    }
    assertEquals(List.of("1|one|1"), rows("issues"));
    assertEquals(Map.of("inbox", "1"), store.load().marks());
  }

  @Test
  void manyBatchesLeaveFewFilesAndLoseNothing() throws Exception { // H6
    Random random = new Random(7);
    Map<Long, String> issues = new TreeMap<>();
    Map<Long, String> comments = new HashMap<>();
    int most = 0;
    int count = Boolean.getBoolean("kit.full") ? 1_000 : 30;
    for (int i = 1; i <= count; i++) {
      long id = random.nextInt(40);
      Changes changes = new Changes().upsert("issues", issue(id, "t" + i, i));
      issues.put(id, id + "|t" + i + "|" + i);
      List<Map<String, Object>> own = new ArrayList<>();
      comments.values().removeIf(row -> row.split("\\|")[1].equals(String.valueOf(id)));
      for (long c = random.nextInt(4); c > 0; c--) {
        own.add(comment(id * 10 + c, id, "b" + i));
        comments.put(id * 10 + c, (id * 10 + c) + "|" + id + "|b" + i);
      }
      publish(changes.replace("comments", Map.of("issue", id), own), Map.of("inbox", String.valueOf(i)));
      most = Math.max(most, store.load().tables().stream().mapToInt(table -> table.files().size()).max().orElse(0));
    }
    assertEquals(issues.values().stream().sorted().toList(), rows("issues"));
    assertEquals(comments.values().stream().sorted().toList(), rows("comments"));
    assertTrue(most <= 12, most + " files");
    assertEquals(1, store.load().retired().size());
    store.sweepStreams(store.load(), Duration.ofMinutes(-1));
    assertEquals(store.load().paths().size(), files().size());
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> all = Files.walk(store.paths().root().resolve(".kit/snapshots"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** A run that began before the batches replaces the table, and one of its rows is newer than theirs. */
  @Test
  void whatStreamsPublishWhileARunGoesOnIsAppliedToWhatItRead() throws Exception { // H8
    publish(new Changes().upsert("issues", issue(1, "one", 1)).upsert("comments", comment(1, 1, "a")), Map.of());
    journal.begin(store.paths());
    for (int i = 0; i < 36; i++) {
      publish(new Changes().upsert("issues", issue(100 + i % 10, "stream " + i, i)).delete("comments", Map.of("issue", (long) i)), Map.of());
    }
    publish(new Changes().upsert("issues", issue(3, "stream", 5)).upsert("issues", issue(4, "stream", 5)), Map.of());
    TableRecord read = read("issues", "SELECT * FROM (VALUES (2, 'run', 2), (3, 'run', 4), (4, 'run', 6)) v(id, title, version)");
    TableRecord issues = journal.apply(store.paths(), read, "run1j");
    List<String> expected = new ArrayList<>(List.of("2|run|2", "3|stream|5", "4|run|6"));
    for (int i = 26; i < 36; i++) {
      expected.add((100 + i % 10) + "|stream " + i + "|" + i);
    }
    assertEquals(expected.stream().sorted().toList(), rows(issues));
    assertEquals(13, issues.rows());
    TableRecord comments = read("comments", "SELECT * FROM (VALUES (8, 8, 'gone'), (9, 99, 'kept')) v(id, issue, body)");
    assertEquals(List.of("9|99|kept"), rows(journal.apply(store.paths(), comments, "run2j")));
    journal.end();
    publish(new Changes().upsert("issues", issue(5, "later", 9)), Map.of());
    assertTrue(!journal.has("issues"));
  }

  private TableRecord read(String table, String sql) throws Exception {
    TableRecord last = store.load().table(table).orElseThrow();
    Path file = store.paths().snapshot("run1", table, "");
    Files.createDirectories(file.getParent());
    try (DuckDBConnection session = duckDb.open()) {
      String typed = "SELECT * REPLACE (id::BIGINT AS id" + (table.equals("issues") ? ", version::BIGINT AS version" : ", issue::BIGINT AS issue")
          + ") FROM (" + sql + ")";
      long rows = Sql.copy(session, typed, file);
      return last.with(List.of(StoredFile.data(store.paths().relative(file), rows, Files.size(file), last.schemaJson())), rows);
    }
  }

  /** The time of a batch on large tables; printed, since it depends on the machine. */
  @Test
  void aBatchOnAMillionRowsTakesMoments(TestReporter reporter) throws Exception {
    publish(new Changes().upsert("issues", issue(0, "x", 0)).upsert("comments", comment(0, 0, "x")), Map.of());
    int rows = Boolean.getBoolean("kit.full") ? 1_000_000 : 100_000;
    ExtractContent present = store.load();
    List<TableRecord> large = List.of(read("comments", "SELECT range AS id, range // 10 AS issue, md5(range::VARCHAR) AS body FROM range(" + rows + ")"),
        read("issues", "SELECT range AS id, md5(range::VARCHAR) AS title, range AS version FROM range(" + rows + ")"));
    store.publish(present, present.next(large, present.runs(), Instant.now()));
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Changes changes = new Changes();
      for (long j = 0; j < 20; j++) {
        long id = (i * 7919L + j * 104729L) % (rows / 10);
        changes.upsert("issues", issue(id, "batch " + i, rows + i)).replace("comments", Map.of("issue", id), comments(id, 10));
      }
      long begun = System.nanoTime();
      publish(changes, Map.of("inbox", String.valueOf(i)));
      millis.add((System.nanoTime() - begun) / 1_000_000);
    }
    assertEquals(rows, store.load().table("comments").orElseThrow().rows());
    reporter.publishEntry("batches of 240 changes on 2 tables of " + rows + " rows, in ms", millis.toString());
  }

  private static List<Map<String, Object>> comments(long issue, int count) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(comment(issue * 10 + i, issue, "changed"));
    }
    return all;
  }
}
