package io.connectorkit.connector.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {

  @TempDir Path outer;
  private Path folder;
  private FolderProbe probe;

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectory(outer.resolve("data [1]"));
    probe = new FolderProbe(folder);
  }

  @AfterEach
  void nothingIsLeftOver() {
    probe.close();
  }

  private void refuses(String... parts) {
    String message = assertThrows(ConnectorException.class, probe::tables).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void takesKnownVisibleFilesOfTheFolderItself() throws IOException {
    for (String name : List.of("a.csv", "B.CSV", ".hidden.csv", "notes.txt", "deep/c.csv", ".csv", "x.csv.tmp")) {
      probe.write(name, "a\n1\n");
    }
    assertEquals(List.of("b", "a"), probe.views());
    assertEquals(List.of("B.CSV", "a.csv"), probe.tables().stream().map(TableInfo::sourceId).toList());
  }

  @Test
  void makesViewNamesFromAnyFileName() throws IOException {
    probe.write("flights-200k (new).csv", "a\n1\n");
    probe.write("2024 sales.csv", "a\n1\n");
    assertEquals(List.of("t_2024_sales", "flights_200k_new"), probe.views());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x[1].csv", "s*r.csv", "w?.csv", "it's.csv", "ü b.csv", "back\\slash.csv"})
  void readsTheVeryFileWhateverItsNameWouldMatch(String name) throws IOException {
    for (String other : List.of("x1.csv", "star.csv", "wo.csv")) {
      probe.write(other, "a\nwrong\n");
    }
    probe.write(name, "a\nright\n");
    if (name.contains("\\")) {
      // The folder's own name has a bracket here, which DuckDB cannot tell from a glob beside a backslash.
      TableInfo table = probe.tables().stream().filter(t -> t.sourceId().equals(name)).findFirst().orElseThrow();
      assertTrue(table.description().contains("rename"), table.description());
    } else {
      TableInfo table = probe.tables().stream().filter(t -> t.sourceId().equals(name)).findFirst().orElseThrow();
      assertEquals(List.of(List.of("right")), probe.rows(table));
    }
  }

  @Test
  void refusesTwoFilesForOneView() throws IOException {
    probe.write("a b.csv", "a\n1\n");
    probe.write("a-b.csv", "a\n2\n");
    refuses("'a b.csv'", "'a-b.csv'", "'a_b'");
    probe.options("a-b.csv", Map.of("as", "other"));
    assertEquals(List.of("a_b", "other"), probe.views());
  }

  @Test
  void makesOneTableOfAGlob() throws IOException {
    probe.write("s-2024.csv", "a,b\n1,x\n");
    probe.write("s-2025.csv", "a,b\n2,y\n");
    probe.write("other.csv", "a\n1\n");
    probe.options("s-*.csv", Map.of("as", "sales"));
    assertEquals(List.of("other", "sales"), probe.views());
    assertEquals(List.of(List.of(1L, "x"), List.of(2L, "y")), probe.rows("sales"));
    probe.write("s-2026.csv", "b,a\n1,x\n");
    probe.fails("sales", "s-2026.csv", "s-2024.csv", "same columns");
  }

  @Test
  void readsFoldersBelowOnlyThroughGlobs() throws IOException {
    probe.write("year=2024/a.csv", "a\n1\n");
    probe.write("year=2025/a.csv", "a\n2\n");
    probe.options("year=*/*.csv", Map.of("as", "years"));
    assertEquals(List.of("a Int(64, true)"), probe.columns("years"));
    assertEquals(2, probe.rows("years").size());
  }

  @Test
  void refusesAFileThatTwoEntriesMean() throws IOException {
    probe.write("a.csv", "a\n1\n");
    probe.configure(Map.of("files", Map.of("a.csv", Map.of(), "*.csv", Map.of("as", "all"))));
    refuses("'*.csv'", "'a.csv'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.csv", "deep/../../secret.csv", "/etc/hosts.csv"})
  void doesNotLeaveTheFolder(String key) throws IOException {
    Files.writeString(outer.resolve("secret.csv"), "a\n1\n");
    probe.options(key, Map.of());
    refuses("leads out of the folder");
  }

  @Test
  void doesNotFollowLinksOutOfTheFolder() throws IOException {
    Path secret = Files.writeString(outer.resolve("secret.csv"), "a\n1\n");
    Files.createSymbolicLink(folder.resolve("link.csv"), secret);
    probe.write("real.csv", "a\n1\n");
    Files.createSymbolicLink(folder.resolve("inside.csv"), folder.resolve("real.csv"));
    probe.fails("link", "leads out of the folder");
    assertEquals(List.of(List.of(1L)), probe.rows("inside"));
  }

  @Test
  void namesWrongSettings() throws IOException {
    probe.write("a.csv", "a\n1\n");
    probe.options("a.csv", Map.of("colums", Map.of()));
    refuses("colums", "columns");
    probe.options("a.csv", Map.of("header", "maybe"));
    refuses("header", "maybe");
    probe.options("a.csv", Map.of("delimiter", ",,"));
    refuses("delimiter");
    probe.options("a.csv", Map.of("columns", Map.of("a", "INT) FROM x; --")));
    refuses("columns", "'a'");
    probe.options("a.csv", Map.of("as", "_meta"));
    refuses("_meta");
    probe.options("gone.csv", Map.of());
    probe.fails("gone", "gone.csv", "no such file");
  }

  @Test
  void namesAFolderThatIsNone() {
    try (var other = new FolderProbe(outer.resolve("absent"))) {
      assertTrue(assertThrows(ConnectorException.class, other::tables).getMessage().contains("absent"));
    }
  }
}
