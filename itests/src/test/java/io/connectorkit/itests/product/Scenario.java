package io.connectorkit.itests.product;

import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * A source that changes from generation to generation, and what there must be to see of each.
 *
 * @param fresh each generation has an instance of its own, so that its run is the first ever
 * @param script what the source says
 * @param tables what is then seen of each table
 */
record Scenario(String name, boolean fresh, IntFunction<String> script, IntFunction<Map<String, Seen>> tables) {

  private static final int ROWS = 27_000;
  private static final String PLAIN = "%s.rows = " + ROWS + "\n%1$s.batch = 9000\n";

  /**
   * What is seen of a table.
   *
   * @param generations the number of different ones
   */
  record Seen(long rows, long ids, long sum, long generations, long generation) {

    static Seen plain(long rows, int generation) {
      return new Seen(rows, rows, rows * (rows - 1) / 2, 1, generation);
    }
  }

  static List<Scenario> all() {
    return List.of(
        new Scenario("replace", false, generation -> script(generation, "a,b,c"), generation -> plain(generation, "a", "b", "c")),
        new Scenario("first", true, generation -> script(generation, "a,b,c"), generation -> plain(generation, "a", "b", "c")),
        new Scenario("partial", false, generation -> script(generation, "a,b,c") + (generation > 1 ? "b.fail.after = 9000\n" : ""),
            generation -> {
              Map<String, Seen> tables = plain(generation, "a", "c");
              tables.put("b", Seen.plain(ROWS, 1));
              return tables;
            }),
        new Scenario("schema", false, generation -> "tables = a,b,c\ngeneration = " + generation + "\n" + PLAIN.formatted("c")
            + "a.kind = query\na.key = id\na.sql = SELECT i AS id, " + generation + " AS generation, i AS c" + generation % 3 + " FROM range("
            + ROWS + ") t(i)\nb.kind = query\nb.key = id\nb.sql = SELECT i AS id, " + generation + " AS generation FROM range(" + ROWS
            + ") t(i)\n", generation -> plain(generation, "a", "b", "c")));
  }

  private static String script(int generation, String tables) {
    StringBuilder text = new StringBuilder("tables = " + tables + "\ngeneration = " + generation + "\n");
    for (String table : tables.split(",")) {
      text.append(PLAIN.formatted(table));
    }
    return text.toString();
  }

  private static Map<String, Seen> plain(int generation, String... tables) {
    Map<String, Seen> seen = new TreeMap<>();
    for (String table : tables) {
      seen.put(table, Seen.plain(ROWS, generation));
    }
    return seen;
  }

  String instance(int generation) {
    return fresh ? name + generation : name;
  }

  /** What must be seen; nothing before the first generation. */
  Map<String, Seen> expected(int generation) {
    return generation < 1 ? Map.of() : tables.apply(generation);
  }

  /** Has the source change, and makes a run due by it: the configuration is no longer that of the last run. */
  void due(KitProcess kit, int generation) {
    Path script = Folders.write(kit.home().resolve("data").resolve(name + ".script"), this.script.apply(generation));
    Folders.write(kit.home().resolve("etc/connectors").resolve(instance(generation) + ".yaml"),
        "connector: scripted\nconfig:\n  script: " + script + "\n  password: number " + generation + "\n");
  }

  /** What is seen of an instance's tables. */
  static Map<String, Seen> seen(Path database, String schema) {
    if (!Files.exists(database)) {
      return Map.of();
    }
    Map<String, Seen> seen = new LinkedHashMap<>();
    for (List<String> view : Database.query(database,
        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = '" + schema + "' ORDER BY view_name")) {
      List<Long> row = Database.query(database, "SELECT count(*), count(DISTINCT id), coalesce(sum(id), 0)::BIGINT, count(DISTINCT generation),"
          + " coalesce(max(generation), 0) FROM " + schema + "." + view.get(0)).get(0).stream().map(Long::valueOf).toList();
      seen.put(view.get(0), new Seen(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)));
    }
    return seen;
  }
}
