package io.connectorkit.connector.files;

import static java.util.Arrays.asList;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @TempDir Path folder;
  private FolderProbe probe;

  @BeforeEach
  void open() {
    probe = new FolderProbe(folder);
  }

  @AfterEach
  void nothingIsLeftOver() {
    probe.close();
  }

  @Test
  void readsArraysAndLinesAlike() throws IOException {
    probe.write("array.json", "[{\"a\": 1, \"b\": \"007\"},\n {\"a\": null, \"b\": \"x\"}]");
    probe.write("lines.ndjson", "{\"a\": 1, \"b\": \"007\"}\n{\"a\": null, \"b\": \"x\"}\n");
    probe.write("one.json", "{\"a\": 1, \"b\": \"007\"}");
    assertEquals(List.of(asList(1L, "007"), asList(null, "x")), probe.rows("array"));
    assertEquals(probe.rows("array"), probe.rows("lines"));
    assertEquals(List.of(List.of(1L, "007")), probe.rows("one"));
  }

  @Test
  void makesNestedValuesStructsAndLists() throws IOException {
    probe.write("t.json", "[{\"o\": {\"x\": 1, \"l\": [\"p\", null]}, \"e\": {}, \"m\": [1, \"y\"]}, {\"o\": {\"z\": true}}]");
    assertEquals(List.of(Map.of("x", 1L, "z", 1L)), probe.query("t", "SELECT count(o.x) AS x, count(o.z) AS z FROM t"));
    assertEquals(List.of(Map.of("v", "1y")), probe.query("t", "SELECT m[1] || m[2] AS v FROM t WHERE m IS NOT NULL"));
    assertEquals("{}", probe.rows("t").get(0).get(1));
  }

  @Test
  void keepsMixedColumnsAsText() throws IOException {
    probe.write("t.json", "[{\"v\": \"x\"}, {\"v\": 300}, {\"v\": true}, {\"v\": {\"a\": 1}}, {\"v\": null}]");
    assertEquals(List.of(List.of("x"), List.of("300"), List.of("true"), List.of("{\"a\":1}"), asList((Object) null)), probe.rows("t"));
  }

  @Test
  void findsKeysThatOccurLate() throws IOException {
    probe.write("t.ndjson", "{\"a\": 1}\n".repeat(50_000) + "{\"a\": \"x\", \"late\": 1.5}\n");
    assertEquals(asList("x", 1.5), probe.rows("t").get(50_000));
    assertEquals(List.of("1"), probe.rows("t").get(0).subList(0, 1));
  }

  @Test
  void keepsEveryDigit() throws IOException {
    probe.write("t.json", "[{\"a\": 9007199254740993, \"b\": 18446744073709551615, \"c\": 123456789012345678901234, \"d\": 1},"
        + "{\"a\": 1.5, \"b\": 1, \"c\": 1, \"d\": 9223372036854775807}]");
    assertEquals(List.of(Map.of("a", "9007199254740993", "b", "18446744073709551615", "c", "123456789012345678901234", "d",
        "9223372036854775807")), probe.query("t", "SELECT max(a)::VARCHAR AS a, max(b)::VARCHAR AS b, max(c)::VARCHAR AS c,"
            + " max(d)::VARCHAR AS d FROM t"));
  }

  @Test
  void doesNotTakeTextForDatesNumbersOrIds() throws IOException {
    probe.write("t.json",
        "[{\"day\": \"2026-01-31\", \"n\": \"1\", \"id\": \"5A0C7E1C-0000-4000-8000-000000000000\", \"d\": \"Jun 12 1998\"}]");
    assertEquals(List.of(List.of("2026-01-31", "1", "5A0C7E1C-0000-4000-8000-000000000000", "Jun 12 1998")), probe.rows("t"));
    probe.options("t.json", Map.of("columns", Map.of("day", "DATE")));
    assertEquals(LocalDate.of(2026, 1, 31), probe.rows("t").get(0).get(0));
    probe.options("t.json", Map.of("columns", Map.of("d", "DATE")));
    probe.fails("t", "t.json", "'d'", "'Jun 12 1998'");
    probe.options("t.json", Map.of("columns", Map.of("d", "DATE"), "date_format", "%b %d %Y"));
    assertEquals(LocalDate.of(1998, 6, 12), probe.rows("t").get(0).get(3));
  }

  @Test
  void keepsKeysWithAnyCharacters() throws IOException {
    probe.write("t.json", "[{\"a b\": 1, \"$.x\": 2, \"it's\": 3, \"q\\\"q\": 4, \"a/b~c\": 5, \"filename\": 6}]");
    assertEquals(List.of("a b", "$.x", "it's", "q\"q", "a/b~c", "filename"),
        probe.table("t").schema().getFields().stream().map(field -> field.getName()).toList());
    assertEquals(List.of(List.of(1L, 2L, 3L, 4L, 5L, 6L)), probe.rows("t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "[1, 2]", "[{\"a\": 1}, 7]", "[{\"a\": 1}", "{\"a\": 1}\n{\"a\": ", "[{\"a\": 1, \"A\": 2}]",
      "[{\"a\": 1, \"a\": 2}]", "[{}]", "not json"})
  void refusesWhatIsNoTable(String text) throws IOException {
    probe.write("bad.json", text);
    probe.write("good.json", "[{\"a\": 1}]");
    probe.fails("bad", "bad.json");
    assertEquals(List.of(List.of(1L)), probe.rows("good"));
  }

  @Test
  void readsNoRecordsWhenColumnsAreDeclared() throws IOException {
    probe.write("t.json", "[]");
    probe.options("t.json", Map.of("columns", Map.of("a", "INTEGER")));
    assertEquals(List.of("a Int(32, true)"), probe.columns("t"));
    assertEquals(List.of(), probe.rows("t"));
  }

  @Test
  void keepsEverythingAsTextWhenTold() throws IOException {
    probe.write("t.json", "[{\"a\": 1, \"b\": true, \"c\": [1]}]");
    probe.configure(Map.of("text", true));
    assertEquals(List.of(List.of("1", "true", "[1]")), probe.rows("t"));
  }
}
