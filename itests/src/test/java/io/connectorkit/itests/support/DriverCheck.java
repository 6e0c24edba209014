package io.connectorkit.itests.support;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.duckdb.DuckDBDriver;

/** The main class of a process with one DuckDB driver of some version: reads every view of a database to its end, and prints its rows. */
public final class DriverCheck {

  private DriverCheck() {}

  /** Takes the file; prints a line {@code schema.view=rows} for each view, and the driver's version first. */
  public static void main(String[] arguments) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("duckdb.read_only", "true");
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + Path.of(arguments[0]), properties)) {
      System.out.println("version=" + connection.getMetaData().getDatabaseProductVersion());
      Map<String, Long> rows = new TreeMap<>();
      for (String view : views(connection)) {
        rows.put(view, read(connection, view));
      }
      rows.forEach((view, count) -> System.out.println(view + "=" + count));
    }
  }

  private static Iterable<String> views(Connection connection) throws SQLException {
    List<String> views = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal")) {
      while (result.next()) {
        views.add(result.getString(1));
      }
    }
    return views;
  }

  private static long read(Connection connection, String view) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery("SELECT * FROM " + view)) {
      long rows = 0;
      while (result.next()) {
        rows++;
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          result.getObject(i);
        }
      }
      return rows;
    }
  }
}
