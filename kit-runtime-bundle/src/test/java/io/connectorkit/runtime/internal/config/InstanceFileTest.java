package io.connectorkit.runtime.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Capability;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import io.connectorkit.declaration.Problems;
import io.connectorkit.declaration.YamlValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person writes these files, and makes mistakes: each is named with its line, and all of them at once. */
class InstanceFileTest {

  @TempDir
  private Path folder;

  private List<String> problems(String name, byte[] content) throws IOException {
    Problems problems = new Problems(InstanceFile.where(name));
    InstanceFile.read(Files.write(folder.resolve(name), content), problems);
    return problems.lines();
  }

  private List<String> problems(String text) throws IOException {
    return problems("shop.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private InstanceFile good(String text) throws IOException {
    Problems problems = new Problems("shop.yaml");
    InstanceFile file = InstanceFile.read(Files.writeString(folder.resolve("shop.yaml"), text), problems);
    assertEquals(List.of(), problems.lines());
    return file;
  }

  @Test
  void allProblemsOfAFileAreSaidAtOnceEachWithItsLine() throws IOException {
    assertEquals(List.of(
        "KIT-2001 etc/connectors/shop.yaml, line 5: key 'url' stands in line 4 already; remove one of the two",
        "KIT-2002 etc/connectors/shop.yaml, line 6: 'tabels' is unknown; did you mean 'tables'?",
        "KIT-2002 etc/connectors/shop.yaml, line 9: 'tables.orders.min_ratio' is '2' and must be a number from 0 to 1",
        "KIT-2002 etc/connectors/shop.yaml, line 10: 'tables.orders.strategy' is 'upsrt' and must be replace, append or upsert",
        "KIT-2002 etc/connectors/shop.yaml, line 11: 'tables.orders.overlap' is '1 day' and must be a whole number, or a time such as 30s, 10m, 6h or 7d",
        "KIT-2002 etc/connectors/shop.yaml, line 13: 'tables.orders.filters.operator' is '~' and must be one of"
            + " [=, !=, <, <=, >, >=, in, is null, is not null]",
        "KIT-2016 etc/connectors/shop.yaml, line 14: schedule 'dayly 02:30' must be such as 'every 15m', 'hourly', 'daily 02:30', 'weekly mon 02:30',"
            + " or a cron expression of five fields"), problems("""
        # A shop
        connector: acme
        config:
          url: a
          url: b
        tabels: [orders]
        tables:
          orders:
            min_ratio: 2
            strategy: upsrt
            overlap: 1 day
            filters:
              - {column: a, operator: '~', value: 1}
        schedule: dayly 02:30
        """));
  }

  private static Capability mode(InstanceFile file, String table, Capability... can) {
    TableInfo info = TableInfo.table(table).can(Set.of(can)).column("id", Types.int64()).build();
    return file.options(info).wanted(info);
  }

  /** D6: a table that can be read and queried at its source is what its owner says; a wish for all of them counts where it can be met. */
  @Test
  void theModeOfATableIsThatOfItsOwnerOrWhatItCan() throws IOException {
    InstanceFile silent = good("connector: acme\n");
    assertEquals(Capability.READ, mode(silent, "a", Capability.READ, Capability.REMOTE));
    assertEquals(Capability.REMOTE, mode(silent, "a", Capability.REMOTE));
    InstanceFile all = good("connector: acme\ntables: {'*': {mode: remote}, near: {mode: local}}\n");
    assertEquals(Capability.REMOTE, mode(all, "a", Capability.READ, Capability.REMOTE));
    assertEquals(Capability.READ, mode(all, "a", Capability.READ));
    assertEquals(Capability.READ, mode(all, "near", Capability.READ, Capability.REMOTE));
    assertEquals(Capability.READ, mode(all, "near", Capability.REMOTE), "what is said of a table itself is refused rather than done otherwise");
    assertTrue(problems("connector: acme\ntables: {a: {mode: far}}\n").get(0).contains("'tables.a.mode' is 'far' and must be local or remote"));
  }

  @Test
  void whatIsNoConfigurationAtAllIsSaid() throws IOException {
    assertEquals(List.of("KIT-2002 etc/connectors/shop.yaml, line 1: the file is empty; it needs at least 'connector: NAME'"), problems("# nothing\n"));
    assertEquals(1, problems("").size());
    assertEquals(List.of("KIT-2001 etc/connectors/shop.yaml, line 1: the document must be a mapping of keys to values, such as 'connector: files'"),
        problems("- connector: acme\n"));
    assertTrue(problems("just text").get(0).contains("must be a mapping"));
    assertTrue(problems("connector: a\n---\nconnector: b\n").get(0).startsWith("KIT-2001"));
    assertTrue(problems("connector:\n  - a\n").toString().contains("'connector' is a list and must be a text"), problems("connector:\n  - a\n").toString());
    assertTrue(problems("connector:\n").toString().contains("'connector' must be a text, and is missing"));
    assertTrue(problems("connector: 5\n").toString().contains("write it in quotes"));
    assertTrue(problems("connector: a\nconfig: x\n").toString().contains("line 2: 'config' is a text and must be a mapping"));
  }

  @Test
  void aFileThatIsNoTextOrNotToBeReadIsNamed() throws IOException {
    assertTrue(problems("shop.yaml", "connector: acme\nconfig: {name: M\u00fcller}\n".getBytes(StandardCharsets.ISO_8859_1)).get(0)
        .contains("line 2: no UTF-8 text; save the file as UTF-8"));
    assertTrue(problems("shop.yaml", "connector: acme".getBytes(StandardCharsets.UTF_16)).get(0).contains("no UTF-8 text"));
    assertTrue(problems("connector: acme\nconfig:\n  a: \u0007\n").get(0).contains("line 3: character U+0007 is not allowed"));
    assertEquals(List.of(), problems("\uFEFFconnector: acme\n"));
    String tab = problems("config:\n\turl: x\n").get(0);
    assertTrue(tab.contains("line 2: while scanning for the next token: found character '\\t(TAB)'"), tab);
    Problems problems = new Problems("x");
    InstanceFile.read(Files.createDirectory(folder.resolve("folder.yaml")), problems);
    InstanceFile.read(Files.createSymbolicLink(folder.resolve("nowhere.yaml"), folder.resolve("gone")), problems);
    assertEquals(List.of("KIT-2003 x: is a folder or a device; put a file here", "KIT-2003 x: cannot be read (NoSuchFileException); check the file and its"
        + " permissions"), problems.lines());
  }

  @Test
  void otherSuffixesAreNamedAndCopiesAreLeftAlone() throws IOException {
    assertTrue(problems("shop.yml", "connector: acme\n".getBytes(StandardCharsets.UTF_8)).get(0)
        .equals("KIT-2010 etc/connectors/shop.yml: the name of a configuration ends in .yaml; rename the file to shop.yaml"));
    assertEquals(1, problems("SHOP.YAML", "connector: acme\n".getBytes(StandardCharsets.UTF_8)).size());
    for (String other : List.of("shop.yaml.bak", "shop.yaml~", ".shop.yaml.swp", "README.md", "shop.yaml.example")) {
      Files.writeString(folder.resolve(other), "x: [");
    }
    assertEquals(List.of("SHOP.YAML", "shop.yml"), InstanceFile.in(folder).stream().map(file -> file.getFileName().toString()).toList());
  }

  /** B6: such a name would have to stand in quotes wherever it is used. */
  @Test
  void wordsOfSqlAndOtherSignsAreNoNamesOfInstances() throws IOException {
    for (String name : List.of("full.yaml", "Main-1.yaml", "_meta.yaml", "a b.yaml")) {
      List<String> problems = problems(name, "connector: acme\nx: 1\n".getBytes(StandardCharsets.UTF_8));
      assertTrue(problems.get(0).startsWith("KIT-2004") && problems.get(0).contains("DuckDB reserves"), problems.toString());
      assertEquals(2, problems.size(), "the content is looked at as well");
    }
  }

  /** B9: no table is not every table. */
  @Test
  void anEmptyListOfTablesIsRefused() throws IOException {
    for (String none : List.of("[]", "{}", "", "  # - orders")) {
      List<String> problems = problems("connector: acme\ntables: " + none + "\n");
      assertTrue(problems.get(0).startsWith("KIT-2002") && problems.get(0).contains("line 2: 'tables' is empty; name at least one"), problems.toString());
    }
    assertEquals(List.of(), good("connector: acme\n").tableNames());
    assertEquals(List.of("orders", "7"), good("connector: acme\ntables: [orders, 7]\n").tableNames());
    assertTrue(problems("connector: acme\ntables: [orders, {a: 1}]\n").get(0).contains("an element of 'tables' is a mapping"));
    assertTrue(problems("connector: acme\ntables: orders\n").get(0).contains("'tables' is 'orders' and must be a list of table names"));
  }

  /** A password may look like YAML; it must not show up because of that. */
  @Test
  void noValueIsShownThatMayBeASecret() throws IOException {
    for (String value : List.of("*swordfish", "!swordfish", "!!javax.script.swordfish x", "%swordfish", "@swordfish", "!!int swordfish", "'swordfish",
        "\"swordfish\\z\"", "{swordfish", "&swordfish [*swordfish]", "swordfish: x")) {
      List<String> problems = problems("connector: acme\nconfig:\n  password: " + value + "\n");
      assertTrue(!problems.isEmpty() && !problems.toString().contains("swordfish"), value + ": " + problems);
    }
  }

  @Test
  void aCronExpressionWithoutQuotesIsExplained() throws IOException {
    assertTrue(problems("connector: acme\nschedule: */15 * * * *\n").get(0).endsWith("; a value that begins with * or another sign must stand in quotes"));
  }

  @Test
  void aliasesAndMergesArePlainDataAndDoNotExplode() throws IOException {
    InstanceFile file = good("""
        connector: acme
        config:
          base: &base {a: 1, b: 2}
          more: {<<: *base, b: 3}
        """);
    assertEquals(Map.of("b", 3, "a", 1), file.config().get("more").plain());
    StringBuilder bomb = new StringBuilder("connector: acme\nx0: &x0 [" + "y,".repeat(60_000) + "y]\n");
    assertTrue(problems(bomb.toString()).toString().contains("more than 50000 values"));
    StringBuilder tree = new StringBuilder("connector: acme\nx0: &x0 [" + "y,".repeat(100) + "y]\n");
    for (int i = 1; i < 9; i++) {
      tree.append("x%1$d: &x%1$d [*x%2$d, *x%2$d]\n".formatted(i, i - 1));
    }
    assertTrue(problems(tree.toString()).toString().contains("more than 50000 values"), problems(tree.toString()).toString());
  }

  /** What YAML 1.1 would make of these, nobody who writes them means. */
  @Test
  void plainWordsAreReadByTheRulesOfYaml12() throws IOException {
    InstanceFile file = good("connector: acme\nconfig:\n  {country: NO, code: 007, at: 10:30, day: 2026-01-01, big: 123456789012345678901,"
        + " on: off, n: 12, r: 1.50}\n");
    assertEquals(Map.of("country", "NO", "code", "007", "at", "10:30", "day", "2026-01-01", "big", "123456789012345678901", "on", "off", "n", 12,
        "r", 1.5), new YamlValue(file.config(), "", 1).plain());
    assertEquals("1.50", file.config().get("r").text());
  }

  /** A file that breaks keeps its connector from running without one. */
  @Test
  void aBrokenFileStillBelongsToItsConnector() throws IOException {
    Path file = Files.writeString(folder.resolve("shop.yaml"), "connector: acme\n");
    InstanceConfigs configs = new InstanceConfigs(folder);
    assertEquals(1, configs.of("acme").size());
    Files.writeString(file, "connector: acme\ntabels: []\n");
    configs.refresh();
    assertEquals(List.of(), configs.of("acme"));
    Files.writeString(file, "connector: [acme\n");
    configs.refresh();
    assertEquals(List.of(), configs.of("acme"));
    assertTrue(configs.problems().get("shop").startsWith("KIT-2001 etc/connectors/shop.yaml, line "));
    Files.delete(file);
    configs.refresh();
    assertEquals("acme", configs.of("acme").get(0).instance());
  }

  @Test
  void anInstanceIsReadOnlyUnlessItsFileSaysOtherwise() throws IOException {
    TableInfo orders = TableInfo.table("in.Orders").as("orders").column("id", Types.int64()).build();
    for (String none : List.of("", "writes: false", "writes: [items]")) {
      assertFalse(good("connector: acme\n" + none).writes().allows(orders), none);
    }
    for (String some : List.of("writes: true", "writes: [ORDERS]", "writes: [items, in.Orders]")) {
      assertTrue(good("connector: acme\n" + some).writes().allows(orders), some);
    }
    for (String wrong : List.of("yes", "[]", "orders", "{orders: true}")) {
      List<String> problems = problems("connector: acme\nwrites: " + wrong);
      assertTrue(problems.size() == 1 && problems.get(0).startsWith("KIT-2002 etc/connectors/shop.yaml, line 2: 'writes' is ")
          && problems.get(0).endsWith(" and must be true, false, or a list of table names"), problems::toString);
    }
  }
}
