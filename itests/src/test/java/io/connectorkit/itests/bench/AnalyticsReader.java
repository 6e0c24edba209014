package io.connectorkit.itests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.duckdb.DuckDBDriver;

/**
 * The main class of a process with nothing but DuckDB's driver: opens a database again and again, counts what must be in it and reads some of
 * its views, until its input ends. The first error ends it.
 */
public final class AnalyticsReader {

  /** So many views are read between two opens. */
  private static final int VIEWS = 20;

  private AnalyticsReader() {}

  /** Takes the file, the views that are to be there, the rows of each, and where to begin; prints how often it has opened the file. */
  public static void main(String[] arguments) throws SQLException {
    int views = Integer.parseInt(arguments[1]);
    long rows = Long.parseLong(arguments[2]);
    int next = Integer.parseInt(arguments[3]);
    int looks = 0;
    CompletableFuture<Integer> end = CompletableFuture.supplyAsync(AnalyticsReader::end);
    while (!end.isDone()) {
      next = look(arguments[0], views, rows, next);
      looks++;
    }
    System.out.println("looks=" + looks);
  }

  private static int end() {
    try {
      return System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int look(String file, int views, long rows, int first) throws SQLException {
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + file, readOnly)) {
      List<String> names = new ArrayList<>();
      try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(
          "SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL")) {
        while (result.next()) {
          names.add(result.getString(1));
        }
      }
      require(names.size() == views, names.size() + " views of " + views);
      for (int i = 0; i < VIEWS; i++) {
        String name = names.get((first + i) % views);
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery("SELECT count(*) FROM " + name)) {
          result.next();
          require(result.getLong(1) == rows, name + " has " + result.getLong(1) + " rows of " + rows);
        }
      }
    }
    return first + VIEWS;
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalStateException(otherwise);
    }
  }
}
