package io.connectorkit.itests.framework;

import io.connectorkit.itests.support.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A source table with a history: rows come, change, go, and are committed late, many of them with the same cursor value. Its present rows lie
 * in a CSV file.
 */
final class History {

  /** So many ticks may lie between the cursor of a row and its commit. */
  static final int LATE = 3;

  private record Row(int id, int ts, int value, boolean gone) {}

  private final String name;
  private final boolean keyed;
  private final Path file;
  private final Random random;
  private final List<Row> rows = new ArrayList<>();
  private int now = 10;
  private int next;

  /**
   * An empty table.
   *
   * @param keyed whether rows have a key, and so can change and go; without one they are only added
   */
  History(String name, boolean keyed, Path folder, Random random) {
    this.name = name;
    this.keyed = keyed;
    this.file = folder.resolve(name + ".csv");
    this.random = random;
  }

  /** A few things happen. */
  void goOn() {
    for (int i = random.nextInt(8); i > 0; i--) {
      now += random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0;
      int late = random.nextInt(3) == 0 ? random.nextInt(LATE + 1) : 0;
      if (!keyed || rows.isEmpty() || random.nextInt(2) == 0) {
        // Without a key, small values make rows that are equal in everything.
        rows.add(new Row(keyed ? next++ : random.nextInt(2), now - late, random.nextInt(2), false));
      } else {
        Row row = rows.remove(random.nextInt(rows.size()));
        rows.add(new Row(row.id(), Math.max(row.ts(), now - late), random.nextInt(100), random.nextInt(3) == 0));
      }
    }
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(row.id()).append(',').append(row.ts()).append(',').append(row.value()).append(',').append(row.gone())
        .append('\n'));
    Folders.write(file, text.toString());
  }

  /** Its lines in the connector's script. */
  String script() {
    return name + ".kind = query\n" + name + ".incremental = ts\n" + name + ".sql = " + select() + "\n"
        + (keyed ? name + ".key = id\n" + name + ".deleted = gone\n" : "");
  }

  private String select() {
    return "SELECT * FROM read_csv(['" + file + "'], header = false, auto_detect = false, columns = {'id': 'INTEGER', 'ts': 'INTEGER', 'value': 'INTEGER',"
        + " 'gone': 'BOOLEAN'})";
  }

  /** SQL for what is in the table and not at the source, or the other way round. */
  String difference() {
    String source = select() + " WHERE NOT gone";
    return "SELECT '" + name + "', * FROM ((FROM " + name + " EXCEPT ALL (" + source + ")) UNION ALL ((" + source + ") EXCEPT ALL FROM " + name + "))";
  }

  String name() {
    return name;
  }
}
