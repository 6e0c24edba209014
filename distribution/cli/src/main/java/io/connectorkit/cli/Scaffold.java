package io.connectorkit.cli;

import io.connectorkit.cli.openapi.Proposal;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project that the Maven archetype makes, made from the same files, and one without code. The files have variables in them and nothing
 * else to be worked out.
 */
final class Scaffold {

  private static final String ROOT = "../../../";
  private static final String YAML = "src/main/resources/META-INF/connector.yaml";
  private static final String SETTINGS = """
      | setting | type | required | means |
      |---|---|---|---|
      | `url` | string (uri) | yes | Base URL of the API |

      | environment variable | required | means |
      |---|---|---|
      | `TOKEN` | yes | Token of the API |
      """;
  private static final List<String> PACKAGED = List.of("src/main/java/", "src/test/java/");

  /** Where its files lie. */
  enum Kind {
    /** A connector in Java, with tests: what the archetype makes. */
    CODE("archetype-resources"),
    /** A connector that is nothing but its connector.yaml. */
    DECLARATIVE("declarative-resources");

    private final String folder;

    Kind(String folder) {
      this.folder = folder;
    }
  }

  private final Map<String, String> values = new LinkedHashMap<>();
  /** Files whose text is known already, and not one of a template. */
  private final Map<String, String> finished = new LinkedHashMap<>();
  private final Kind kind;

  Scaffold(Kind kind, String group, String connector) {
    this.kind = kind;
    values.put("groupId", group);
    values.put("artifactId", "connector-" + connector.replace('_', '-'));
    values.put("version", "1.0.0-SNAPSHOT");
    values.put("package", group + "." + connector.replace("_", ""));
    values.put("connector", connector);
    values.put("className", Arrays.stream(connector.split("_")).filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)).collect(Collectors.joining()));
    values.put("token", connector.toUpperCase(Locale.ROOT) + "_TOKEN");
    values.put("description", "Customers and orders");
    values.put("table", "orders");
    values.put("settings", SETTINGS.replace("TOKEN", values.get("token")));
  }

  /** Has the tables of a proposal in place of those of the template. */
  void proposed(Proposal proposal) {
    finished.put(YAML, proposal.yaml());
    values.put("description", proposal.description());
    values.put("table", proposal.tables().get(0));
    values.put("settings", proposal.settings());
  }

  /** Writes the files; into no folder that has some. Gives their paths within it. */
  List<String> writeTo(Path folder) {
    URI marker = marker();
    try (FileSystem jar = marker.getScheme().equals("jar") ? FileSystems.newFileSystem(marker, Map.of()) : null;
        Stream<Path> templates = Files.walk(root(marker))) {
      requireEmpty(folder);
      Path root = root(marker);
      List<String> written = new ArrayList<>();
      for (Path template : templates.filter(Files::isRegularFile).toList()) {
        String path = place(root.relativize(template).toString());
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), finished.containsKey(path) ? finished.get(path) : filled(Files.readString(template)));
        written.add(path);
      }
      return written.stream().sorted().toList();
    } catch (IOException e) {
      throw new KitException("KIT-7264 '" + folder + "' cannot be written: " + e, e);
    }
  }

  private Path root(URI marker) {
    return Path.of(marker).resolve(ROOT + kind.folder).normalize();
  }

  private static void requireEmpty(Path folder) throws IOException {
    try (Stream<Path> there = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
      if (there.findAny().isPresent()) {
        throw new KitException("KIT-7263 the folder '" + folder + "' is not empty; name another one with --dir");
      }
    }
  }

  /** A file of the archetype: in its jar, or in the folder of a build. */
  private static URI marker() {
    URL marker = Scaffold.class.getClassLoader().getResource("META-INF/maven/archetype-metadata.xml");
    if (marker == null) {
      throw new KitException("KIT-7265 the files of a new project are not there: kit-archetype is missing in lib/; unpack the product again");
    }
    return URI.create(marker.toString());
  }

  private String place(String template) {
    String path = template;
    for (Map.Entry<String, String> value : values.entrySet()) {
      path = path.replace("__" + value.getKey() + "__", value.getValue());
    }
    for (String folder : PACKAGED) {
      if (path.startsWith(folder)) {
        return folder + values.get("package").replace('.', '/') + "/" + path.substring(folder.length());
      }
    }
    return path;
  }

  private String filled(String template) {
    String text = template;
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    return text;
  }
}
