package io.connectorkit.itests.product;

import io.connectorkit.itests.support.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Secrets that were planted, and where they turned up again, in whichever spelling. */
final class Canaries {

  /** What a spelling changes; the letters around it stay as they are in all but Base64. */
  private static final String SPECIAL = "\"/+&=";
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";

  private final Random random = new Random(20_261_127);
  private final Map<String, List<String>> needles = new LinkedHashMap<>();
  private final Map<String, Map<String, TreeSet<String>>> found = new LinkedHashMap<>();

  /** Makes one. */
  String plant(String name) {
    String secret = letters() + SPECIAL + letters();
    planted(name, secret);
    return secret;
  }

  /** One that somebody else made. */
  void planted(String name, String secret) {
    needles.put(name, Arrays.stream(secret.split("[" + SPECIAL + "]+")).flatMap(part -> Stream.concat(Stream.of(part), encoded(part))).toList());
  }

  private String letters() {
    return random.ints(14, 0, LETTERS.length()).mapToObj(i -> LETTERS.substring(i, i + 1)).collect(Collectors.joining());
  }

  /** In Base64 the same text is another one by where it begins; what lies around it is in the first and in the last letters. */
  private static Stream<String> encoded(String part) {
    return IntStream.range(0, 3).mapToObj(before -> {
      String all = Base64.getEncoder().withoutPadding().encodeToString(("x".repeat(before) + part).getBytes(StandardCharsets.UTF_8));
      return all.substring((before * 8 + 5) / 6, (before + part.length()) * 8 / 6);
    });
  }

  /** The names of those that are in a text. */
  List<String> in(String text) {
    return needles.keySet().stream().filter(name -> needles.get(name).stream().anyMatch(text::contains)).toList();
  }

  /** Looks at a text of a kind; the source of it is for the message. */
  void search(String kind, String source, String text) {
    Map<String, TreeSet<String>> row = found.computeIfAbsent(kind, each -> new LinkedHashMap<>());
    in(text).forEach(name -> row.computeIfAbsent(name, each -> new TreeSet<>()).add(source));
  }

  /** Looks at the bytes of files, but for those in which something was planted. */
  void searchFiles(String kind, List<Path> files, List<Path> but) {
    files.stream().filter(file -> !but.contains(file)).forEach(file -> search(kind, file.toString(), bytes(file)));
  }

  private static String bytes(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those below a folder whose names end so. */
  static List<Path> files(Path folder, String end) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(end) && Files.isRegularFile(file)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at the rows and definitions of all databases and Parquet files, which are packed on disk; answers how many relations there were. */
  int searchRows(String kind, Path folder) {
    int relations = 0;
    for (Path database : files(folder, ".duckdb")) {
      List<String> sources = new ArrayList<>(List.of("duckdb_views()", "duckdb_tables()", "duckdb_columns()"));
      Database.query(database, "SELECT format('\"{}\".\"{}\"', table_schema, table_name) FROM information_schema.tables")
          .forEach(row -> sources.add(row.get(0)));
      for (String source : sources) {
        rows(kind, database, folder.relativize(database) + " " + source, source);
      }
      relations += sources.size() - 3;
    }
    Path any = files(folder, ".duckdb").get(0);
    for (Path file : files(folder, ".parquet")) {
      rows(kind, any, folder.relativize(file).toString(), "read_parquet('" + file + "')");
      rows(kind, any, folder.relativize(file).toString(), "parquet_kv_metadata('" + file + "')");
    }
    return relations;
  }

  private void rows(String kind, Path database, String label, String source) {
    search(kind, label, Database.query(database, "SELECT CAST(t AS VARCHAR) FROM " + source + " t").toString());
  }

  /** Each secret by each place where it was looked for. */
  String table() {
    StringBuilder table = new StringBuilder(String.format("%-24s", "canary"));
    found.keySet().forEach(kind -> table.append(String.format(" %10s", kind)));
    needles.keySet().forEach(name -> {
      table.append(String.format("%n%-24s", name));
      found.values().forEach(row -> table.append(String.format(" %10s", row.containsKey(name) ? row.get(name).size() : "-")));
    });
    return table.toString();
  }

  /** Where something is that should not be. */
  List<String> leaks() {
    return found.values().stream().flatMap(row -> row.entrySet().stream())
        .flatMap(leak -> leak.getValue().stream().map(source -> leak.getKey() + " in " + source)).sorted().toList();
  }
}
