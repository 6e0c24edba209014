package io.connectorkit.itests.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.itests.support.Folders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A connector says what its source is like, and nothing that a host does for all of them. */
class ConnectorSourcesIT {

  private static final Path ROOT = Folders.target().resolve("../..").normalize();
  private static final int LARGEST_CLASS = 260;
  private static final int LINES_PER_JDK_TABLE = 60;
  private static final int LINES_OF_A_NEW_CONNECTOR = 60;

  /** What is looked for in imports and code, and in whose hands it is. Texts and comments are left out, except where a rule is about a text. */
  private static final Map<String, Pattern> CODE = new TreeMap<>(Map.of(
      "HTTP of its own: context.http() pages, waits and tries again", Pattern.compile("\\bjava\\.net\\.(http|HttpURLConnection|URLConnection)"
          + "|\\.openConnection\\(|(?<![.\\w])okhttp3?\\.|\\borg\\.apache\\.(http|hc)\\."),
      "retries: a transient failure is tried again by the host", Pattern.compile("(?<![.\\w])(retry|retries|attempts?|backOff|backoff|triesLeft)"
          + "\\w*\\b|\\.parkNanos\\(|\\.sleep\\("),
      "paging: see Paging", Pattern.compile("(?<![.\\w])(nextPage|pageToken|pageNumber|nextCursor|hasMorePages|hasNextPage)\\w*\\b"),
      "Parquet: the host writes it", Pattern.compile("\\borg\\.apache\\.parquet\\b|\\bParquetWriter\\b"),
      "a DuckDB of its own: hand the host a query", Pattern.compile("\\borg\\.duckdb\\b"),
      "the way into DuckDB: hand over a reader", Pattern.compile("\\borg\\.apache\\.arrow\\.c\\."),
      "state in the class: context.shared(), or the watermark", Pattern.compile("(?m)^\\s*(private |protected |public )?static (?!final\\b|class\\b"
          + "|interface\\b|record\\b|enum\\b|abstract\\b|sealed\\b|<)[\\w.<>\\[\\], ?]+ \\w+( =|;)"),
      "state on disk: the watermark is committed with the rows", Pattern.compile("\\bRandomAccessFile\\b|\\bFileOutputStream\\b|\\bFileWriter\\b"
          + "|\\bObjectOutputStream\\b|\\bjava\\.util\\.prefs\\b")));
  private static final Map<String, Pattern> TEXTS = Map.of("Parquet: the host writes it", Pattern.compile("(?i)FORMAT,? '?parquet|FORMAT_PARQUET"),
      "a DuckDB file", Pattern.compile("jdbc:duckdb:|\\.duckdb\""));
  /** Files are written where the host says, and nowhere else. */
  private static final Pattern WRITES = Pattern.compile("\\bFiles\\.(write|writeString|newOutputStream|newBufferedWriter|createTemp\\w+)\\b");

  private static List<Path> connectors() {
    return Folders.list(ROOT.resolve("bundles")).stream().filter(module -> module.getFileName().toString().startsWith("connector-"))
        .filter(module -> Files.exists(module.resolve("pom.xml"))).toList();
  }

  private static List<Path> classes(Path module) throws IOException {
    try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static long lines(Path file) {
    return Folders.read(file).lines().count();
  }

  private static List<String> found(String source, boolean scratch) {
    String uncommented = source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)(?<![:\"])//.*$", "");
    String code = uncommented.replaceAll("(?s)\"\"\".*?\"\"\"", "\"\"").replaceAll("\"(\\\\.|[^\"\\\\\n])*\"", "\"\"");
    List<String> found = new ArrayList<>();
    CODE.forEach((what, pattern) -> find(pattern, code, what, found));
    TEXTS.forEach((what, pattern) -> find(pattern, uncommented, what, found));
    if (!scratch) {
      find(WRITES, code, "files outside of the folder that the context gives", found);
    }
    return found;
  }

  private static void find(Pattern pattern, String text, String what, List<String> found) {
    Matcher matcher = pattern.matcher(text);
    if (matcher.find()) {
      found.add(what + " ('" + matcher.group().strip() + "')");
    }
  }

  @Test
  void noConnectorDoesWhatTheHostDoesForAll() throws IOException {
    List<String> found = new ArrayList<>();
    System.out.println("connector | classes | lines | largest class");
    for (Path module : connectors()) {
      List<Path> classes = classes(module);
      boolean scratch = classes.stream().anyMatch(file -> Folders.read(file).contains(".scratch("));
      for (Path file : classes) {
        found(Folders.read(file), scratch).forEach(each -> found.add(module.getFileName() + " " + file.getFileName() + ": " + each));
      }
      Path largest = classes.stream().max((a, b) -> Long.compare(lines(a), lines(b))).orElseThrow();
      System.out.println(module.getFileName() + " | " + classes.size() + " | " + classes.stream().mapToLong(ConnectorSourcesIT::lines).sum() + " | "
          + lines(largest) + " " + largest.getFileName());
      if (lines(largest) > LARGEST_CLASS) {
        found.add(module.getFileName() + " " + largest.getFileName() + " has " + lines(largest) + " lines; at most " + LARGEST_CLASS);
      }
    }
    assertEquals(List.of(), found);
  }

  /** The rules find what they are for, and let what is like it pass. */
  @Test
  void theRulesCanFail() {
    for (String bad : List.of("import java.net.http.HttpClient;", "for (int retries = 0; retries < 3; retries++) {", "int attempt = 1;",
        "LockSupport.parkNanos(1);",
        "String nextPageToken = answer.get(\"next\");", "import org.apache.parquet.hadoop.ParquetFileWriter;", "sql(\"COPY t TO 'x' (FORMAT parquet)\");",
        "open(\"jdbc:duckdb:\" + file)", "import org.duckdb.DuckDBConnection;", "  private static String last = \"\";", "  static Map<String, Long> seen;",
        "Files.writeString(marks, last);", "new FileOutputStream(f)", "import org.apache.arrow.c.Data;")) {
      assertEquals(1, found(bad, false).size(), bad + " " + found(bad, false));
    }
    for (String good : List.of("http.get(p).paged(byToken(\"nextPageToken\", \"pageToken\"))", "// a retry is for the host", "options.retries(1)",
        "private static final String A = \"\";", "static TableInfo table(String name) {", "SELECT * FROM read_parquet(?)", "/** Files.write, retries */",
        "  static Stream<String> all(Object value) {", "\"\"\"\n retry nextPage\n\"\"\"")) {
      assertEquals(List.of(), found(good, false), good);
    }
    assertEquals(List.of(), found("Files.newOutputStream(target)", true));
  }

  /** What a connector takes, in lines. */
  @Test
  void aConnectorIsSmall() throws IOException {
    List<Path> jdk = classes(ROOT.resolve("bundles/connector-jdk"));
    // All but the connector itself and what the tables share.
    long perTable = jdk.stream().mapToLong(ConnectorSourcesIT::lines).sum() / (jdk.size() - 2);
    Path made = ROOT.resolve("distribution/archetype/src/main/resources/archetype-resources/src/main/java/__className__Connector.java");
    long declarative = lines(ROOT.resolve("distribution/archetype/src/main/resources/declarative-resources/src/main/resources/META-INF/connector.yaml"));
    Path unaided = ROOT.resolve("bundles/kit-contract/src/test/java/io/connectorkit/contract");
    System.out.println("connector-jdk: " + perTable + " lines for a table (bar " + LINES_PER_JDK_TABLE + ")");
    System.out.println("a new connector of a REST source with two tables: " + lines(made) + " lines with the helpers (bar " + LINES_OF_A_NEW_CONNECTOR
        + "), " + declarative + " of YAML without code; " + (lines(unaided.resolve("WebShop.java")) + lines(unaided.resolve("Shop.java")))
        + " for one of the contract's own tests, which does without");
    assertTrue(perTable <= LINES_PER_JDK_TABLE, perTable + " lines for a table");
    assertTrue(lines(made) <= LINES_OF_A_NEW_CONNECTOR, lines(made) + " lines");
  }

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  /** The settings that the tables of a README explain whose first column is headed 'setting'. */
  private static TreeSet<String> settings(String readme) {
    TreeSet<String> names = new TreeSet<>();
    boolean inside = false;
    for (String line : readme.lines().toList()) {
      boolean row = line.startsWith("|");
      inside = row && (inside || line.matches("\\| settings? \\|.*"));
      if (inside) {
        Matcher name = NAME.matcher(line.split("\\|")[1]);
        while (name.find()) {
          names.add(name.group(1));
        }
      }
    }
    return names;
  }

  @Test
  void everyReadmeHasTheSettingsAndSecretsOfItsConnector() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path module : connectors()) {
      String readme = Files.exists(module.resolve("README.md")) ? Folders.read(module.resolve("README.md")) : "";
      byte[] text = Files.readAllBytes(module.resolve("src/main/resources/META-INF/connector.yaml"));
      ConnectorYaml yaml = ConnectorYaml.read(new ByteArrayInputStream(text), module.getFileName().toString());
      TreeSet<String> declared = new TreeSet<>(yaml.settings().keySet());
      if (!settings(readme).equals(declared)) {
        wrong.add(module.getFileName() + ": its README explains the settings " + settings(readme) + ", connector.yaml has " + declared);
      }
      yaml.variables().stream().map(ConnectorYaml.Variable::name).filter(name -> !readme.contains("`" + name + "`"))
          .forEach(name -> wrong.add(module.getFileName() + ": its README says nothing of " + name));
    }
    assertEquals(List.of(), wrong);
  }
}
