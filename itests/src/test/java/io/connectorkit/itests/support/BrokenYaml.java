package io.connectorkit.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A file in etc/connectors that nothing good can come of, for the connector {@code scripted}.
 *
 * @param file its name
 * @param content of the file
 * @param words that its reason must have, code and line among them
 */
public record BrokenYaml(String file, byte[] content, List<String> words) {

  private static final String HEAD = "connector: scripted\n";

  /** All of them. */
  public static List<BrokenYaml> all() {
    return List.of(
        text("bomb.yaml", HEAD + bomb(), "KIT-2001", "aliases"),
        text("wide.yaml", HEAD + "x: &x [" + "y,".repeat(60_000) + "y]\n", "KIT-2001", "more than 50000 values"),
        text("deep.yaml", HEAD + "config: " + "[".repeat(10_000), "KIT-2001", "Depth"),
        text("maps.yaml", HEAD + "config: " + "{a: ".repeat(10_000), "KIT-2001", "Depth"),
        text("large.yaml", HEAD + "config: {script: " + "x".repeat(1 << 20) + "}\n", "KIT-2001", "larger than 256 KiB"),
        text("itself.yaml", HEAD + "config: &a\n  script: *a\n", "KIT-2001", "line 3", "a part of itself"),
        text("tabs.yaml", HEAD + "config:\n\tscript: x\n", "KIT-2001", "line 3", "TAB"),
        text("indent.yaml", HEAD + "config:\n   script: x\n  password: y\n", "KIT-2001", "line 4"),
        text("unclosed.yaml", HEAD + "config: {script: x\n", "KIT-2001", "line 3"),
        text("halfquote.yaml", "connector: \"scripted\n", "KIT-2001", "line 2"),
        text("documents.yaml", HEAD + "---\n" + HEAD, "KIT-2001", "line 2", "single document"),
        text("tagged.yaml", "connector: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ['http://localhost/']]]]\n",
            "KIT-2001", "line 1", "tag is not allowed"),
        text("binarytag.yaml", HEAD + "config: {script: !!binary aGVsbG8=}\n", "KIT-2001", "line 2", "tag is not allowed"),
        text("merged.yaml", HEAD + "config:\n  <<: x\n", "KIT-2001", "line 3", "'<<' takes a mapping"),
        text("alias.yaml", HEAD + "config: {script: *nobody}\n", "KIT-2001", "line 2", "undefined alias"),
        text("twice.yaml", HEAD + "config: {script: a}\nconfig: {script: b}\n", "KIT-2001", "line 3", "'config' stands in line 2 already"),
        text("control.yaml", HEAD + "config: {script: \u0000}\n", "KIT-2001", "line 2", "U+0000"),
        text("empty.yaml", "", "KIT-2002", "line 1", "empty"),
        text("comments.yaml", "# connector: scripted\n", "KIT-2002", "line 1", "empty"),
        text("listed.yaml", "- " + HEAD, "KIT-2001", "line 1", "must be a mapping"),
        text("prose.yaml", "Please run the scripted connector\n", "KIT-2001", "line 1", "must be a mapping"),
        text("nobody.yaml", "config: {script: x}\n", "KIT-2002", "'connector' must be a text, and is missing"),
        text("number.yaml", "connector: 1.0\n", "KIT-2002", "line 1", "write it in quotes"),
        text("unknown.yaml", HEAD + "confg: {script: x}\n", "KIT-2002", "line 2", "did you mean 'config'?"),
        text("shapes.yaml", HEAD + "config: [script]\ntables: orders\nschedule: [hourly]\n",
            "line 2: 'config' is a list", "line 3: 'tables' is 'orders' and must be a list", "line 4: 'schedule' is a list"),
        text("figures.yaml", HEAD + "tables: {orders: {min_ratio: 1e99, full_every: 99999999999999999999d, overlap: -1}}\n",
            "line 2: 'tables.orders.min_ratio'", "line 2: 'tables.orders.full_every'", "line 2: 'tables.orders.overlap'"),
        text("notables.yaml", HEAD + "tables: []\n", "KIT-2002", "line 2", "'tables' is empty"),
        text("cron.yaml", HEAD + "schedule: */5 * * * *\n", "KIT-2001", "line 2", "must stand in quotes"),
        text("february.yaml", HEAD + "schedule: 0 0 30 2 *\n", "KIT-2016", "line 2", "never comes"),
        text("zone.yaml", HEAD + "schedule:\n  at: daily 02:30\n  zone: Europe/Berln\n", "KIT-2016", "line 4", "did you mean 'Europe/Berlin'?"),
        text("unset.yaml", HEAD, "KIT-2011", "setting 'script' is missing"),
        text("mistyped.yaml", HEAD + "config:\n  script: {a: b}\n  password: [swordfish]\n", "KIT-2012", "line 3: setting 'script' is a mapping",
            "line 4: setting 'password' is a list"),
        text("Main-1.yaml", HEAD, "KIT-2004", "'Main-1'"),
        text("select.yaml", HEAD, "KIT-2004", "'select'"),
        text("suffix.yml", HEAD, "KIT-2010", "rename the file to suffix.yaml"),
        new BrokenYaml("utf16.yaml", HEAD.getBytes(StandardCharsets.UTF_16), List.of("KIT-2001", "line 1", "no UTF-8 text")),
        new BrokenYaml("latin.yaml", (HEAD + "# M\u00fcller\n").getBytes(Charset.forName("ISO-8859-1")), List.of("KIT-2001", "line 2", "no UTF-8 text")),
        new BrokenYaml("garbage.yaml", random(), List.of("KIT-2001", "no UTF-8 text")));
  }

  private static BrokenYaml text(String file, String content, String... words) {
    return new BrokenYaml(file, content.getBytes(StandardCharsets.UTF_8), List.of(words));
  }

  static String bomb() {
    return "x0: &x0 [y, y]\n" + IntStream.range(1, 30).mapToObj(i -> "x%1$d: &x%1$d [*x%2$d, *x%2$d]\n".formatted(i, i - 1)).collect(Collectors.joining());
  }

  private static byte[] random() {
    byte[] bytes = new byte[4096];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** The instance that it would configure. */
  public String instance() {
    return file.substring(0, file.lastIndexOf('.'));
  }

  /** Writes it into a folder. */
  public Path writeTo(Path folder) {
    try {
      return Files.write(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
