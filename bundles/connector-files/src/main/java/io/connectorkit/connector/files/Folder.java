package io.connectorkit.connector.files;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Names;
import io.connectorkit.api.Settings;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The operator's folder and what is to be made of it. */
final class Folder {

  private final Path root;
  private final boolean text;
  private final Settings configured;

  private Folder(Path root, Settings settings) {
    this.root = root;
    this.text = settings.flag("text");
    this.configured = settings.section("files");
  }

  static Folder of(Settings settings) {
    String path = settings.text("path");
    try {
      Path root = Path.of(path).toRealPath();
      if (Files.isDirectory(root)) {
        return new Folder(root, settings);
      }
      throw ConnectorException.permanent("settings, path '" + path + "' is not a folder", null);
    } catch (IOException | InvalidPathException e) {
      throw ConnectorException.permanent("settings, path '" + path + "' cannot be opened: " + e, e);
    }
  }

  Source source(String id) {
    return sources().stream().filter(source -> source.id().equals(id)).findFirst()
        .orElseThrow(() -> ConnectorException.permanent("file '" + id + "' is no longer in the folder", null));
  }

  /** The tables, sorted by the names of their files. */
  List<Source> sources() {
    SortedMap<String, Path> files = files();
    SortedMap<String, String> owners = new TreeMap<>();
    List<Source> sources = new ArrayList<>();
    for (String key : new TreeSet<>(configured.values().keySet())) {
      List<String> names = matching(key, files);
      for (String name : names) {
        String other = owners.put(name, key);
        if (other != null) {
          throw ConnectorException.permanent("settings, files: '" + other + "' and '" + key + "' both mean '" + name + "'", null);
        }
      }
      sources.add(source(key, FileOptions.of(key, configured.section(key), text), names, files));
    }
    files.keySet().stream()
        .filter(name -> !name.contains("/") && !owners.containsKey(name) && Format.ofFile(name).isPresent())
        .forEach(name -> sources.add(source(name, FileOptions.of(name, new Settings(Map.of()), text), List.of(name), files)));
    sources.sort(Comparator.comparing(Source::id));
    return distinct(sources);
  }

  private Source source(String id, FileOptions options, List<String> names, Map<String, Path> files) {
    String view = options.as().orElseGet(() -> Names.toView(Format.stem(id)));
    List<Path> paths = new ArrayList<>();
    String problem = names.isEmpty() ? "no such file in the folder" : null;
    for (String name : names) {
      try {
        Path real = files.get(name).toRealPath();
        paths.add(real);
        if (!real.startsWith(root)) {
          problem = name + " is a link that leads out of the folder";
        } else if (real.toString().contains("\\") && !Sql.pattern(real).equals(real.toString())) {
          problem = "the path has both a backslash and one of * ? [, which DuckDB cannot tell from a glob; rename it";
        }
      } catch (IOException e) {
        problem = name + " cannot be opened: " + e;
      }
    }
    return new Source(id, view, paths, options, Optional.ofNullable(problem));
  }

  private static List<Source> distinct(List<Source> sources) {
    Map<String, String> views = new HashMap<>();
    for (Source source : sources) {
      if (!Names.isView(source.view())) {
        throw ConnectorException.permanent("settings, files '" + source.id() + "': '" + source.view() + "' cannot be a table's name", null);
      }
      String other = views.put(source.view().toLowerCase(Locale.ROOT), source.id());
      if (other != null) {
        throw ConnectorException.permanent("files '" + other + "' and '" + source.id() + "' would both be the table '" + source.view()
            + "'; rename one, or give it another name with files: {\"" + source.id() + "\": {as: …}}", null);
      }
    }
    return sources;
  }

  private static List<String> matching(String key, SortedMap<String, Path> files) {
    if (files.containsKey(key)) {
      return List.of(key);
    }
    if (key.startsWith("/") || List.of(key.split("/")).contains("..")) {
      throw ConnectorException.permanent("settings, files '" + key + "' leads out of the folder", null);
    }
    try {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + key);
      return files.keySet().stream().filter(name -> matcher.matches(Path.of(name))).toList();
    } catch (IllegalArgumentException e) {
      throw ConnectorException.permanent("settings, files '" + key + "' is no valid glob: " + e.getMessage(), e);
    }
  }

  /** All files that are not hidden, by their names relative to the folder with slashes. Linked folders are not entered. */
  private SortedMap<String, Path> files() {
    boolean deep = configured.values().keySet().stream().anyMatch(key -> key.contains("/"));
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(root, deep ? Integer.MAX_VALUE : 1)) {
      found.filter(Files::isRegularFile).filter(this::visible)
          .forEach(file -> files.put(root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/"), file));
    } catch (IOException | java.io.UncheckedIOException e) {
      throw ConnectorException.permanent("folder '" + root + "' cannot be listed: " + e, e);
    }
    return files;
  }

  private boolean visible(Path file) {
    for (Path part : root.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}
