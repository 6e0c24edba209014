package io.connectorkit.runtime.internal.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.connectorkit.api.Names;
import io.connectorkit.api.internal.Keywords;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The names that the API refuses are those that the shipped DuckDB cannot take (B6). */
class KeywordsTest {

  private Connection session;

  @BeforeEach
  void open() throws SQLException {
    session = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
  }

  @AfterEach
  void close() throws SQLException {
    session.close();
  }

  private Set<String> keywords(String condition) throws SQLException {
    Set<String> words = new TreeSet<>();
    try (Statement statement = session.createStatement();
        ResultSet rows = statement.executeQuery("SELECT keyword_name FROM duckdb_keywords() WHERE " + condition)) {
      while (rows.next()) {
        words.add(rows.getString(1));
      }
    }
    return words;
  }

  @Test
  void theListIsWhatDuckDbReserves() throws SQLException {
    Set<String> known = keywords("true");
    known.removeIf(word -> !Keywords.contains(word));
    assertEquals(keywords("keyword_category IN ('reserved', 'type_function')"), known);
  }

  @Test
  void everyNameOfAnInstanceCanStandWithoutQuotes() throws SQLException {
    for (String word : keywords("true")) {
      if (Names.isInstance(word)) {
        DuckDb.execute(session, "CREATE SCHEMA \"" + word + "\"");
        DuckDb.execute(session, "CREATE TABLE \"" + word + "\".t AS SELECT 1 AS i");
        DuckDb.execute(session, "SELECT " + word + ".t.i FROM " + word + ".t JOIN (SELECT 1 AS i) AS x USING (i), " + word + ".t AS y");
      }
    }
  }
}
