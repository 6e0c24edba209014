package io.connectorkit.declaration;

import static io.connectorkit.declaration.HttpSectionTest.problems;
import static io.connectorkit.declaration.HttpSectionTest.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Paging;
import io.connectorkit.api.TableInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceSectionTest {

  private static final String HTTP = "http: {base_url: \"http://x\"}\n";

  @Test
  void aTableIsWhatItsSectionSays() {
    SourceSection source = read(HTTP + """
        source:
          paging: {type: token, path: meta.next, param: cursor, more: meta.more}
          params: {all: "1", of: "{email}"}
          tables:
            Order Lines:
              description: Lines of orders
              path: /shops/{url}/lines
              params: {all: "2"}
              records: data.items
              key: [id]
              incremental: {column: at, param: q, value: "at>={watermark}"}
              deleted_by: gone
              columns:
                id: int64
                price: {type: "decimal(12, 2)", path: money.value, description: In EUR}
                at: {type: epoch_millis}
                gone: bool
            plain: {path: p, columns: {x: text}, paging: {type: none}}
        """).source().orElseThrow();
    SourceTable lines = source.tables().get(0);
    TableInfo info = lines.info();
    assertEquals(List.of("Order Lines", "order_lines", "Lines of orders", List.of("id"), Optional.of("at"), Optional.of("gone")),
        List.of(info.sourceId(), info.viewName(), info.description(), info.primaryKey(), info.incrementalColumn(), info.tombstoneColumn()));
    assertEquals("Schema<id: Int(64, true) not null, price: Decimal(12, 2, 128), at: Timestamp(MICROSECOND, UTC), gone: Bool>",
        info.schema().toString().replaceAll("\\(metadata[^)]*\\)|\\{[^}]*\\}", ""));
    assertEquals(Paging.byToken("meta.next", "cursor").whileTrue("meta.more"), lines.paging());
    assertEquals(Set.of("all", "of"), lines.params().keySet());
    assertEquals("2", lines.params().get("all").text());
    assertEquals("data.items", lines.records().text());
    assertEquals(new SourceTable.Incremental("at", "q", "at>={watermark}", "epoch_millis"), lines.incremental().orElseThrow());
    assertEquals(List.of("money.value", 26), List.of(lines.columns().get(1).path(), lines.columns().get(1).line()));
    assertEquals(Paging.none(), source.tables().get(1).paging());
  }

  @Test
  void everyStyleOfPagesCanBeDeclared() {
    List<String> styles = List.of("{type: offset, param: o, size_param: s, size: 50, total: t}", "{type: page, param: p, first: 0, size_param: s}",
        "{type: link}", "{type: next_url, path: n}");
    List<Paging> expected = List.of(new Paging.Offset("o", "s", 50, "t"), new Paging.Number("p", 0, "s", 100, ""), Paging.byLink(), Paging.byNextUrl("n"));
    IntStream.range(0, styles.size()).forEach(i -> assertEquals(expected.get(i),
        read(HTTP + "source: {tables: {t: {path: /, columns: {x: text}, paging: " + styles.get(i) + "}}}").source().orElseThrow().tables().get(0).paging()));
  }

  @Test
  void whatIsWrongHasItsLineKeyAndRemedy() {
    List<String> problems = problems(HTTP + """
        source:
          paging: {type: tokens}
          tables:
            a b:
              path: /{shop}
              key: [nr]
              incremental: {column: name, param: since}
              columns:
                id: integer
                name: text
                when: {path: x}
                sum: decimal(50, 2)
            a_b: {columns: {id: int64}, recods: x}
            none: {path: /}
        """);
    List<String> expected = List.of("line 13: 'source.paging.type' is 'tokens' and must be one of",
        "line 16: 'source.tables.a b.path' names the setting 'shop', which config does not have; known are [email, password, url]",
        "line 17: 'source.tables.a b.key' names 'nr', which is no column; known are [id, name, sum, when]",
        "line 18: 'source.tables.a b.incremental.column' is 'name' and must be a column that grows",
        "line 20: 'source.tables.a b.columns.id' is 'integer' and must be one of",
        "line 22: 'source.tables.a b.columns.when.type' is missing and must be one of",
        "line 23: 'source.tables.a b.columns.sum' is 'decimal(50, 2)' and must be one of", "line 24: 'source.tables.a_b' and 'a b' have the same name in SQL",
        "line 24: 'source.tables.a_b.path' is missing", "line 24: 'source.tables.a_b.recods' is unknown; did you mean 'records'?",
        "line 25: 'source.tables.none.columns' must have a column");
    expected.forEach(each -> assertTrue(problems.stream().anyMatch(problem -> problem.startsWith("KIT-2002 c.yaml, " + each)), each + " in " + problems));
    assertEquals(expected.size(), problems.size(), problems.toString());
  }

  @Test
  void aSourceNeedsHttpAndItsTwoCapabilities() {
    List<String> problems = problems("source: {tables: {t: {path: /, columns: {x: text}}}}\n");
    assertTrue(problems.toString().contains("line 11: 'source' needs a section 'http'"), problems.toString());
    String other = HttpSectionTest.HEAD.replace("[discover, read]", "[read]");
    assertTrue(org.junit.jupiter.api.Assertions.assertThrows(DeclarationException.class, () -> ConnectorYaml.read(new java.io.ByteArrayInputStream(
        (other + HTTP + "source: {tables: {t: {path: /, columns: {x: text}}}}\n").getBytes(java.nio.charset.StandardCharsets.UTF_8)), "c.yaml"))
        .getMessage().contains("declare exactly these"));
  }
}
