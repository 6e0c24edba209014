package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.RunRecord;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.HeldDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** Clients of all kinds that read while one run after the other is published. All rows of a generation carry its number. */
public class ReadersIT extends ScriptedHostTest {

  private static final int PUBLISHES = Boolean.getBoolean("kit.full") ? 200 : 10;
  private static final int ROWS = 5_000;
  private static final int HELD_FOR = 15;
  private static final List<String> TABLES = List.of("a", "b", "c", "d");

  private final AtomicInteger published = new AtomicInteger();
  private final AtomicBoolean done = new AtomicBoolean();

  /** Fewer runs are remembered than are published within the grace time: what is forgotten may still be read. */
  @Override
  @Configuration
  public Option[] configuration() {
    Option[] options = super.configuration();
    Folders.write(KitOptions.etc(getClass()).resolve("io.connectorkit.host.cfg"), "run.history = 5\n");
    return options;
  }

  /** What the source says: there is a row more in each generation, so that a count tells it as well. */
  private static String source(int generation) {
    StringBuilder text = new StringBuilder("tables = " + String.join(",", TABLES) + "\ngeneration = " + generation + "\n");
    TABLES.forEach(table -> text.append(table).append(".rows = ").append(ROWS + generation).append('\n'));
    return text.toString();
  }

  private static String joined(String schema) {
    return "SELECT a.generation, b.generation, c.generation, d.generation, count(*) - " + ROWS + " FROM " + schema + "a a JOIN " + schema
        + "b b USING (id) JOIN " + schema + "c c USING (id) JOIN " + schema + "d d USING (id) GROUP BY ALL";
  }

  /** C1, E1, E4, E5, E6, E7: no reader ever sees an error or two generations at once, and an open one keeps what it has opened. */
  @Test
  public void readersSeeOneGenerationAtATimeWhateverIsPublished() throws Exception {
    first("ledger", source(1));
    published.set(1);
    Path extract = extract("ledger");
    Path analytics = folder("extracts").resolve("analytics.duckdb");
    String meta = joined("") + " UNION ALL SELECT * FROM (SELECT min(rows) - " + ROWS + ", max(rows) - " + ROWS
        + ", min(rows) - " + ROWS + ", max(rows) - " + ROWS + ", min(rows) - " + ROWS + " FROM _meta)";
    Map<String, Callable<Integer>> readers = new LinkedHashMap<>();
    readers.put("extract.duckdb, opened again and again", () -> read(extract, meta, 0));
    readers.put("analytics.duckdb, opened again and again", () -> read(analytics, joined("ledger."), 0));
    readers.put("extract.duckdb, kept open", () -> read(extract, meta, HELD_FOR));
    readers.put("analytics.duckdb, kept open", () -> read(analytics, joined("ledger."), HELD_FOR));
    readers.put("through the host", this::readThroughTheHost);
    ExecutorService threads = Executors.newCachedThreadPool();
    Map<String, Future<Integer>> looks = new LinkedHashMap<>();
    readers.forEach((name, reader) -> looks.put(name, threads.submit(reader)));
    try {
      for (int generation = 2; generation <= PUBLISHES + 1; generation++) {
        RunRecord run = then("ledger", source(generation));
        assertEquals(run.toString(), RunRecord.Outcome.OK, run.outcome());
        published.set(generation);
      }
    } finally {
      done.set(true);
      threads.shutdown();
      assertTrue("readers end", threads.awaitTermination(60, TimeUnit.SECONDS));
    }
    StringBuilder report = new StringBuilder(PUBLISHES + " publishes; looks without an error:");
    for (var reader : looks.entrySet()) {
      report.append("\n  ").append(reader.getKey()).append(": ").append(reader.getValue().get());
    }
    System.out.println(report);
  }

  /** Reads until all is published; keeps the file open for a number of publishes. Gives how often it has looked. */
  private int read(Path file, String sql, int heldFor) throws Exception {
    int looks = 0;
    while (!done.get()) {
      int earliest = published.get();
      try (HeldDatabase database = new HeldDatabase(file)) {
        List<List<Long>> first = database.numbers(sql);
        check(first, earliest);
        looks++;
        while (!done.get() && published.get() < earliest + heldFor) {
          assertEquals("an open database shows what it showed", first, database.numbers(sql));
          looks++;
        }
      }
    }
    return looks;
  }

  private int readThroughTheHost() {
    int looks = 0;
    while (!done.get()) {
      int earliest = published.get();
      List<List<Long>> rows = new ArrayList<>();
      query(joined("ledger.")).forEach(row -> rows.add(row.stream().map(value -> ((Number) value).longValue()).toList()));
      check(rows, earliest);
      looks++;
    }
    return looks;
  }

  /** All numbers are the same generation: one that was published when the reader came, or later. */
  private static void check(List<List<Long>> rows, int earliest) {
    List<Long> generations = rows.stream().flatMap(List::stream).distinct().toList();
    assertTrue(rows + " where generation " + earliest + " was published", generations.size() == 1 && generations.get(0) >= earliest);
  }
}
