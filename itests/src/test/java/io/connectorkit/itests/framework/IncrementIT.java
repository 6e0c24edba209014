package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.util.List;
import org.junit.Test;

/** Tables that are read from where the last run ended. */
public class IncrementIT extends ScriptedHostTest {

  private static final String ORDERS = "(VALUES (1, 'a', TIMESTAMPTZ '2026-01-01 10:00:00Z'), (2, 'b', TIMESTAMPTZ '2026-01-02 10:00:00Z')%s)"
      + " v(id, name, ts)";

  /** A table whose rows a query gives. */
  private static String source(String sql, String... more) {
    return "tables = t\nt.kind = query\nt.incremental = ts\nt.sql = " + sql + "\n" + String.join("\n", more) + "\n";
  }

  private static String orders(String more) {
    return source("SELECT * FROM " + ORDERS.formatted(more), "t.key = id");
  }

  /** An instance with wishes for its tables. */
  private RunRecord first(String instance, String script, String options) {
    wish(instance, script, options);
    return awaitRun(instance, 1);
  }

  private void wish(String instance, String script, String options) {
    Folders.write(folder("etc").resolve("connectors").resolve(instance + ".yaml"),
        "connector: scripted\nconfig:\n  script: " + script(instance, script) + "\ntables:\n  '*': {" + options + "}\n");
  }

  private List<List<String>> rows(String instance, String columns) {
    return inExtract(instance, "SELECT " + columns + " FROM t ORDER BY ALL");
  }

  private List<List<String>> files(String instance) {
    return inExtract(instance, "SELECT kind, rows FROM _kit_files ORDER BY position");
  }

  /** C8, G1, A8: only what is new is read, the rows of the boundary are read again and not doubled, and the later version of a row counts. */
  @Test
  public void aKeyedTableTakesInsertsAndUpdates() throws Exception {
    TableOutcome full = outcome(first("upsert", orders("")), "t");
    assertEquals("full", full.mode());
    assertEquals("2026-01-02T10:00:00Z", full.watermarkAfter());
    TableOutcome delta = outcome(then("upsert", orders(", (1, 'A', '2026-01-03 10:00:00Z'), (3, 'c', '2026-01-02 10:00:00Z')")
        .replace("(1, 'a', TIMESTAMPTZ '2026-01-01 10:00:00Z'), ", "")), "t");
    assertEquals(List.of("delta", 2L, 1L), List.of(delta.mode(), delta.rows(), delta.deleted()));
    assertEquals("2026-01-02T10:00:00Z", delta.watermarkBefore());
    assertEquals("2026-01-03T10:00:00Z", delta.watermarkAfter());
    assertEquals(List.of(List.of("1", "A"), List.of("2", "b"), List.of("3", "c")), rows("upsert", "id, name"));
    assertEquals(List.of(List.of("DATA", "2"), List.of("DATA", "2"), List.of("DELETES", "1")), files("upsert"));
    assertEquals(3, count("upsert.t"));
    assertEquals(List.of(List.of("3")), inExtract("upsert", "SELECT rows FROM _meta"));
  }

  /** A17: nothing new is neither empty nor a failure, and adds no file; the time of the extraction moves on (D15). */
  @Test
  public void nothingNewLeavesEverythingAsItIs() throws Exception {
    first("nothing", orders(""));
    List<List<String>> before = inExtract("nothing", "SELECT extracted_at FROM _meta");
    TableOutcome same = outcome(then("nothing", orders("")), "t");
    assertEquals(List.of(Outcome.UNCHANGED, 0L, 0L), List.of(same.outcome(), same.rows(), same.bytes()));
    assertEquals(1, files("nothing").size());
    assertTrue(before.get(0).get(0).compareTo(inExtract("nothing", "SELECT extracted_at FROM _meta").get(0).get(0)) < 0);
    TableOutcome none = outcome(then("nothing", orders("") + "t.sql.delta = SELECT * FROM " + ORDERS.formatted("") + " WHERE ts > ? AND false\n"), "t");
    assertEquals(Outcome.UNCHANGED, none.outcome());
    assertEquals(2, count("nothing.t"));
  }

  /** A17, C3, C4: all rows are all rows, also when there are none of them. */
  @Test
  public void aSourceThatSaysFullIsBelieved() throws Exception {
    first("complete", orders(""));
    TableOutcome some = outcome(then("complete", orders(", (9, 'z', '2026-01-02 10:00:00Z')") + "t.full = true\n"), "t");
    assertEquals(List.of("full", 2L), List.of(some.mode(), some.rows()));
    assertEquals(List.of(List.of("2"), List.of("9")), rows("complete", "id"));
    TableOutcome none = outcome(then("complete", source("SELECT * FROM " + ORDERS.formatted("") + " WHERE id > 9", "t.key = id", "t.full = true")), "t");
    assertEquals(Outcome.EMPTY, none.outcome());
    assertEquals(0, count("complete.t"));
  }

  /** A18: deleted rows go, whether they were marked before or come back later; several versions of one row count in the source's order. */
  @Test
  public void tombstonesTakeRowsAway() throws Exception {
    String sql = "SELECT * FROM (VALUES (1, 5, false), (2, 5, NULL), (3, 5, true)%s) v(id, ts, gone)";
    String[] keys = {"t.key = id", "t.deleted = gone"};
    first("tomb", source(sql.formatted(""), keys));
    assertEquals(List.of(List.of("1"), List.of("2")), rows("tomb", "id"));
    TableOutcome delta = outcome(then("tomb", source(sql.formatted(", (1, 6, true), (3, 7, false), (4, 7, false), (4, 7, true), (9, 7, true)"), keys)), "t");
    assertEquals(List.of(1L, 1L), List.of(delta.rows(), delta.deleted()));
    assertEquals(List.of(List.of("2"), List.of("3")), rows("tomb", "id"));
    then("tomb", source(sql.formatted(", (1, 8, false), (3, 9, true), (2, 9, true)"), keys));
    assertEquals(List.of(List.of("1")), rows("tomb", "id"));
    assertEquals(List.of(List.of("1")), inExtract("tomb", "SELECT rows FROM _meta"));
  }

  /** A8, G4: rows that share the last value, and those that are committed late, are neither lost nor doubled; equal rows stay as many. */
  @Test
  public void rowsWithoutAKeyAreAppendedOnce() throws Exception {
    String sql = "SELECT * FROM (VALUES ('a', 10), ('a', 10), ('b', 20)%s) v(name, ts)";
    first("append", source(sql.formatted("")), "overlap: 5");
    then("append", source(sql.formatted(", ('b', 20), ('late', 16), ('too late', 14), ('c', 21)")));
    assertEquals(List.of(List.of("a", "10"), List.of("a", "10"), List.of("b", "20"), List.of("b", "20"), List.of("c", "21"), List.of("late", "16")),
        rows("append", "name, ts"));
    then("append", source(sql.formatted(", ('b', 20), ('late', 16), ('too late', 14), ('c', 21)")));
    assertEquals(6, count("append.t"));
    assertEquals(List.of(List.of("APPEND", "LONG", "21")), inExtract("append", "SELECT strategy, watermark_kind, watermark FROM _kit_state"));
  }

  /** A7: a watermark has a type, so 10 comes after 9, and no zone and no digit is lost. */
  @Test
  public void watermarksAreTyped() throws Exception {
    String sql = "SELECT * FROM (VALUES (1, %s), (2, %s)) v(id, ts)";
    for (List<String> kind : List.of(List.of("LONG", "9::INTEGER", "10", "10"), List.of("DECIMAL", "9.25::DECIMAL(20,2)", "10.5", "10.50"),
        List.of("DATE", "DATE '2026-01-09'", "DATE '2026-01-10'", "2026-01-10"),
        List.of("DATE_TIME", "TIMESTAMP '2026-01-09 00:00:00'", "TIMESTAMP '2026-01-10 01:02:03.000004'", "2026-01-10T01:02:03.000004"),
        List.of("INSTANT", "TIMESTAMPTZ '2026-01-09 00:00:00+02'", "TIMESTAMPTZ '2026-01-10 00:00:00.5+02'", "2026-01-09T22:00:00.500Z"))) {
      String instance = "typed_" + kind.get(0).toLowerCase();
      first(instance, source(sql.formatted(kind.get(1), kind.get(2)), "t.key = id"));
      assertEquals(List.of(List.of(kind.get(0), kind.get(3))), inExtract(instance, "SELECT watermark_kind, watermark FROM _kit_state"));
      TableOutcome delta = outcome(then(instance, source(sql.formatted(kind.get(1), kind.get(2)) + " UNION ALL SELECT 3, " + kind.get(2), "t.key = id")), "t");
      assertEquals(instance, List.of("delta", 1L), List.of(delta.mode(), delta.rows()));
      assertEquals(3, count(instance + ".t"));
    }
    TableOutcome text = outcome(first("typed_text", source(sql.formatted("'9'", "'10'"), "t.key = id")), "t");
    assertTrue(text.error(), text.error().startsWith("KIT-3021 table 't', column 'ts': type Utf8 has no order"));
  }

  /** G2, G3: what failed moves no watermark. */
  @Test
  public void aFailedRunGoesOnFromWhereTheLastGoodOneEnded() throws Exception {
    first("failed", orders(""));
    String more = orders(", (3, 'c', '2026-01-04 10:00:00Z')");
    TableOutcome failed = outcome(then("failed", more + "t.sql.delta = SELECT error('no') FROM " + ORDERS.formatted("") + " WHERE ts > ?\n"), "t");
    assertEquals(Outcome.FAILED, failed.outcome());
    assertEquals("2026-01-02T10:00:00Z", outcome(then("failed", more), "t").watermarkBefore());
    assertEquals(3, count("failed.t"));
  }

  /** A time in the future would hide all rows until then. */
  @Test
  public void aTimeInTheFutureDoesNotMoveTheWatermarkThere() throws Exception {
    TableOutcome full = outcome(first("future", orders(", (3, 'c', '2099-01-01 00:00:00Z')")), "t");
    assertTrue(full.watermarkAfter(), full.watermarkAfter().compareTo("2099") < 0);
    then("future", orders(", (3, 'c', '2099-01-01 00:00:00Z'), (4, 'd', now())"));
    assertEquals(4, count("future.t"));
  }

  /** A time without end, or before the first year, is a value like any other, and no row is read twice for it. */
  @Test
  public void timesBeyondTheCalendarDoNotStopTheTable() throws Exception {
    for (String type : List.of("TIMESTAMPTZ", "TIMESTAMP", "DATE")) {
      String sql = "SELECT * FROM (VALUES (1, 'infinity'::" + type + "), (2, '0044-03-15 (BC)'::" + type + "), (3, '2026-01-05'::" + type + ")%s) v(id, ts)";
      String instance = "beyond_" + type.toLowerCase();
      TableOutcome full = outcome(first(instance, source(sql.formatted(""), "t.key = id")), "t");
      assertTrue(full.toString(), full.watermarkAfter().startsWith("2026-01-05"));
      TableOutcome delta = outcome(then(instance, source(sql.formatted(", (4, '2026-01-06'::" + type + ")"), "t.key = id")), "t");
      assertEquals(delta.toString(), List.of("delta", 1L), List.of(delta.mode(), delta.rows()));
      assertEquals(4, count(instance + ".t"));
    }
  }

  @Test
  public void aColumnThatADeltaNeedsForItselfIsNamed() throws Exception {
    String sql = source("SELECT 1 AS id, 1 AS ts, 7 AS file_row_number", "t.key = id");
    assertEquals(Outcome.OK, outcome(first("taken", sql), "t").outcome());
    TableOutcome failed = outcome(then("taken", sql), "t");
    assertTrue(failed.error(), failed.error().startsWith("KIT-3020 table 't', column 'file_row_number'"));
    assertEquals(1, count("taken.t"));
  }

  @Test
  public void aRowWithoutATimeIsKeptOrFailsTheTableAsTheOperatorSays() throws Exception {
    first("nulls", orders(", (3, 'c', NULL)"), "null_cursor: keep");
    assertEquals(3, count("nulls.t"));
    assertEquals(Outcome.UNCHANGED, outcome(then("nulls", orders(", (3, 'c', NULL)")), "t").outcome());
    TableOutcome failed = outcome(first("nonulls", orders(", (3, 'c', NULL)"), "null_cursor: fail"), "t");
    assertTrue(failed.error(), failed.error().startsWith("KIT-3024 table 't', column 'ts' is null in 1 rows"));
  }

  /** G7: rows that were read under one configuration say nothing about another one. */
  @Test
  public void aChangeOfMeaningReadsEverythingAnewAndSaysSo() throws Exception {
    first("basis", orders(""), "overlap: 1s");
    wish("basis", orders(""), "overlap: 2s");
    assertEquals("delta", outcome(awaitRun("basis", 2), "t").mode());
    wish("basis", orders(""), "filters: [{column: id, operator: '>', value: 1}]");
    TableOutcome filtered = outcome(awaitRun("basis", 3), "t");
    assertEquals("full read: filters changed", filtered.note());
    assertEquals(List.of(List.of("2")), rows("basis", "id"));
    TableOutcome rekeyed = outcome(then("basis", orders("").replace("t.key = id", "t.key = id,name")), "t");
    assertEquals("full read: key changed", rekeyed.note());
  }

  @Test
  public void aFullReadComesWhenItIsDue() throws Exception {
    first("due", orders(""), "full_every: 1s");
    String fewer = source("SELECT 2 AS id, 'b' AS name, TIMESTAMPTZ '2026-01-02 10:00:00Z' AS ts", "t.key = id");
    io.connectorkit.itests.support.Await.until("a second has gone by", () -> {
      try {
        return outcome(then("due", fewer), "t").note().startsWith("full read: the last one was at ");
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    });
    assertEquals(List.of(List.of("2")), rows("due", "id"));
  }

  /** A5, A6: the host applies the operator's filters and columns, whether the connector does or not. */
  @Test
  public void filtersAndColumnsHoldForEveryConnector() throws Exception {
    String sql = "SELECT * FROM (VALUES (1, 'a', 10.5, DATE '2026-01-01'), (2, 'b', 20.5, DATE '2026-02-01'), (3, NULL, 30.5, NULL)) v(id, name, price, ts)";
    first("narrow", source(sql, "t.key = id"), "columns: [ts, id, name], filters: [{column: price, operator: '>=', value: 20.5},"
        + " {column: name, operator: in, value: [a, b, c]}]");
    assertEquals(List.of(List.of("2", "b", "2026-02-01")), rows("narrow", "*"));
    String wrong = outcome(first("wrongfilter", source(sql, "t.key = id"), "filters: [{column: price, operator: '>', value: much}]"), "t").error();
    assertTrue(wrong, wrong.startsWith("KIT-3022 table 't', filter 'price > much': the column is of type Decimal"));
    String keyless = outcome(first("wrongcolumns", source(sql, "t.key = id"), "columns: [name]"), "t").error();
    assertTrue(keyless, keyless.startsWith("KIT-3023") && keyless.contains("add [id, ts]"));
  }

  /** A5: a published row that passes the filters no more is gone, as it would be after a full read. */
  @Test
  public void aRowThatNoLongerPassesTheFiltersIsTakenAway() throws Exception {
    String sql = "SELECT * FROM (VALUES (1, 'open', %d), (2, 'open', 11)) v(id, status, ts) WHERE ts > 0";
    first("filtered", source(sql.formatted(10), "t.key = id"), "columns: [id, ts], filters: [{column: status, value: open}]");
    assertEquals(List.of(List.of("1"), List.of("2")), rows("filtered", "id"));
    TableOutcome delta = outcome(then("filtered", source(sql.formatted(12).replace("(1, 'open'", "(1, 'closed'"), "t.key = id")), "t");
    assertEquals(List.of("delta", 0L, 1L), List.of(delta.mode(), delta.rows(), delta.deleted()));
    assertEquals(List.of(List.of("2")), rows("filtered", "id"));
  }

  /** F6: files of different age are united by name; a value of another type is read again. */
  @Test
  public void columnsMayChangeBetweenIncrements() throws Exception {
    first("drift", source("SELECT 1 AS id, 'x' AS gone, 10 AS ts", "t.key = id"));
    TableOutcome added = outcome(then("drift", source("SELECT 2 AS id, 11 AS ts, 2.5 AS fresh", "t.key = id")), "t");
    assertEquals(List.of("added fresh Decimal(2, 1, 128)", "removed gone Utf8"), added.schemaChanges());
    assertEquals(List.of(List.of("1", "x", "10"), List.of("2", "11", "2.5")), inExtract("drift",
        "SELECT id, gone, ts, fresh FROM t ORDER BY id").stream().map(row -> row.stream().filter(value -> value != null).toList()).toList());
    TableOutcome retyped = outcome(then("drift", source("SELECT 3 AS id, 12 AS ts, 'text' AS fresh", "t.key = id")), "t");
    assertEquals("full read: the type of fresh changed", retyped.note());
    assertEquals(List.of(List.of("3", "text")), rows("drift", "id, fresh"));
  }

  /** D17, D16: a table of many files is put together again, and at no time shows anything but its rows. */
  @Test
  public void manyIncrementsAreCompacted() throws Exception {
    String sql = "SELECT range AS id, range * 10 AS ts, %d AS generation FROM range(%d)";
    first("many", source(sql.formatted(0, 1000), "t.key = id"));
    for (int run = 1; run <= 14; run++) {
      then("many", source(sql.formatted(run, 1000 + run), "t.key = id"));
      assertEquals(List.of(List.of(String.valueOf(1000 + run), String.valueOf(1000 + run))), rows("many", "count(*), count(DISTINCT id)"));
      assertEquals(List.of(List.of("2")), inExtract("many", "SELECT count(*) FROM t WHERE generation = " + run));
      assertTrue(files("many").toString(), files("many").size() <= 12);
    }
    assertTrue(files("many").toString(), files("many").stream().filter(file -> file.get(0).equals("DATA")).count() <= 5);
  }

  /** A cursor that only the connector understands comes back to it as it was. */
  @Test
  public void anOpaqueWatermarkGoesBackToItsConnector() throws Exception {
    String rows = "tables = t\nt.kind = query\nt.key = id\nt.token = x\nt.sql = SELECT %d AS id\n";
    first("opaque", rows.formatted(1));
    TableOutcome delta = outcome(then("opaque", rows.formatted(2)), "t");
    assertEquals(List.of("delta", "x", "xx"), List.of(delta.mode(), delta.watermarkBefore(), delta.watermarkAfter()));
    assertEquals(2, count("opaque.t"));
  }

  /** B20, D17: a table may be read in pieces side by side; one that fails fails the table, its key holds over all, and it has one layout. */
  @Test
  public void aTableIsReadInPieces() throws Exception {
    String sql = "SELECT range AS id, range AS ts FROM range(%d)";
    TableOutcome full = outcome(first("pieces", source(sql.formatted(1000), "t.key = id", "t.splits = 4")), "t");
    assertEquals(List.of("full", 1000L, "999"), List.of(full.mode(), full.rows(), full.watermarkAfter()));
    assertEquals(4, files("pieces").size());
    assertTrue(Files.exists(extract("pieces").resolveSibling("data/t/4.parquet")));
    TableOutcome delta = outcome(then("pieces", source(sql.formatted(1010), "t.key = id", "t.splits = 4")), "t");
    assertEquals(List.of("delta", 10L), List.of(delta.mode(), delta.rows()));
    assertEquals(List.of(List.of("1010", "1010")), rows("pieces", "count(*), count(DISTINCT id)"));
    TableOutcome failed = outcome(then("pieces", source(sql.formatted(1020), "t.key = id", "t.splits = 4", "t.splits.fail = 2")), "t");
    assertTrue(failed.error(), failed.error().contains("piece 2"));
    TableOutcome twice = outcome(first("pieces_twice", source("SELECT range AS id, range // 500 AS ts FROM range(1000)", "t.key = ts",
        "t.splits = 2")), "t");
    assertTrue(twice.error(), twice.error().startsWith("KIT-3018"));
    assertEquals(1010, count("pieces.t"));
    then("pieces", source(sql.formatted(1010), "t.key = id", "t.full = true"));
    assertTrue(Files.exists(extract("pieces").resolveSibling("data/t.parquet")) && !Files.exists(extract("pieces").resolveSibling("data/t")));
  }
}
