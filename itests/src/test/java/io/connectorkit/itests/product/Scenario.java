package io.connectorkit.itests.product;

import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A source that changes from generation to generation, and what there must be to see of each.
 *
 * @param fresh each generation has an instance of its own, so that its run is the first ever
 * @param twice a run publishes a second time: the last time at a step is the one to look at, and a run in between brings it into the state
 *     that it began from
 * @param script what the source says
 * @param tables what is then seen of each table
 */
record Scenario(String name, boolean fresh, boolean twice, IntFunction<String> script, IntFunction<Map<String, Seen>> tables) {

  private static final int ROWS = 27_000;
  private static final String PLAIN = "%s.rows = " + ROWS + "\n%1$s.batch = 9000\n";

  /**
   * What is seen of a table. Its ids are those from 0 on.
   *
   * @param generation the highest one
   * @param generations the sum over all rows
   */
  record Seen(long rows, long ids, long sum, long generation, long generations) {

    static Seen of(long rows, long generation, long generations) {
      return new Seen(rows, rows, rows * (rows - 1) / 2, generation, generations);
    }

    /** All rows are of one generation. */
    static Seen plain(long rows, int generation) {
      return of(rows, generation, rows * generation);
    }
  }

  /**
   * A table of which each generation changes every fifth row and adds a few; what a row shows is the generation that changed it last. So
   * many are changed that each run ends with a compaction.
   */
  private static final class Changing {

    private static final int BASE = 60_000;
    private static final int ADDED = 100;
    private static final String SQL = "SELECT i AS id, greatest(1, %1$d - (%1$d + 4 * i) %% 5, (i - " + BASE + ") // " + ADDED
        + " + 1) AS generation FROM range(" + BASE + " + " + ADDED + " * %1$d) t(i)";

    private Changing() {}

    static Seen seen(int generation) {
      long rows = BASE + (long) ADDED * generation;
      long sum = 0;
      for (long i = 0; i < rows; i++) {
        sum += Math.max(Math.max(1, generation - (generation + 4 * i) % 5), i < BASE ? 0 : (i - BASE) / ADDED + 1);
      }
      return Seen.of(rows, generation, sum);
    }
  }

  static List<Scenario> all() {
    return List.of(
        new Scenario("replace", false, false, generation -> script(generation, "a,b,c"), generation -> plain(generation, "a", "b", "c")),
        new Scenario("first", true, false, generation -> script(generation, "a,b,c"), generation -> plain(generation, "a", "b", "c")),
        new Scenario("partial", false, false, generation -> script(generation, "a,b,c") + (generation > 1 ? "b.fail.after = 9000\n" : ""),
            generation -> {
              Map<String, Seen> tables = plain(generation, "a", "c");
              tables.put("b", Seen.plain(ROWS, 1));
              return tables;
            }),
        new Scenario("increment", false, true, generation -> "tables = a,b,c\ngeneration = " + generation + "\n" + PLAIN.formatted("c")
            + query("a", "SELECT i AS id, " + generation + " AS generation, i AS c" + generation % 3 + " FROM range(" + ROWS + ") t(i)")
            + query("b", Changing.SQL.formatted(generation)) + "b.incremental = generation\n", generation -> {
              Map<String, Seen> tables = plain(generation, "a", "c");
              tables.put("b", Changing.seen(generation));
              return tables;
            }));
  }

  private static String query(String table, String sql) {
    return table + ".kind = query\n" + table + ".key = id\n" + table + ".sql = " + sql + "\n";
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
        "connector: scripted\nconfig:\n  script: " + script + "\n  note: number " + generation + "\n");
  }

  /** What is seen of an instance's tables. */
  static Map<String, Seen> seen(Path database, String schema) {
    if (!Files.exists(database)) {
      return Map.of();
    }
    Map<String, Seen> seen = new TreeMap<>();
    List<String> views = Database.query(database, "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = '" + schema + "'")
        .stream().map(view -> view.get(0)).toList();
    String all = views.stream().map(view -> "SELECT '" + view + "', count(*), count(DISTINCT id), coalesce(sum(id), 0)::BIGINT,"
        + " coalesce(max(generation), 0), coalesce(sum(generation), 0)::BIGINT FROM " + schema + "." + view)
        .collect(Collectors.joining(" UNION ALL "));
    for (List<String> row : all.isEmpty() ? List.<List<String>>of() : Database.query(database, all)) {
      List<Long> numbers = row.stream().skip(1).map(Long::valueOf).toList();
      seen.put(row.get(0), new Seen(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4)));
    }
    return seen;
  }
}
