package io.connectorkit.runtime.internal.config;

import io.connectorkit.declaration.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The configuration files as they were read last. */
public final class InstanceConfigs {

  /**
   * One look at the folder.
   *
   * @param connectors of all files by instance, also of those that are broken now
   */
  private record Read(List<InstanceFile> files, Map<String, List<String>> problems, Map<String, String> connectors) {}

  private final Path folder;
  private volatile Read last = new Read(List.of(), Map.of(), Map.of());

  public InstanceConfigs(Path folder) {
    this.folder = folder;
    refresh();
  }

  /** Reads all files again. */
  public synchronized void refresh() {
    List<InstanceFile> files = new ArrayList<>();
    Map<String, List<String>> problems = new TreeMap<>();
    Map<String, String> connectors = new TreeMap<>();
    for (Path path : InstanceFile.in(folder)) {
      Problems wrong = new Problems(InstanceFile.where(path.getFileName().toString()));
      InstanceFile file = InstanceFile.read(path, wrong);
      connectors.put(file.instance(), file.connector().isEmpty() ? last.connectors().getOrDefault(file.instance(), "") : file.connector());
      if (wrong.lines().isEmpty()) {
        files.add(file);
      } else {
        problems.put(file.instance(), wrong.lines());
      }
    }
    last = new Read(List.copyOf(files), Map.copyOf(problems), Map.copyOf(connectors));
  }

  /** Files that could be read. */
  public List<InstanceFile> files() {
    return last.files();
  }

  /** What is wrong with the others, by instance: all of it on one line. */
  public Map<String, String> problems() {
    return last.problems().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> String.join("; ", entry.getValue())));
  }

  /** The instances of a connector; the one without a file if none is configured, not even by a file that is broken. */
  public List<InstanceFile> of(String connector) {
    Read read = last;
    List<InstanceFile> configured = read.files().stream().filter(file -> file.connector().equals(connector)).toList();
    boolean named = read.connectors().containsValue(connector) || read.problems().containsKey(connector);
    return configured.isEmpty() && !named ? List.of(InstanceFile.none(connector)) : configured;
  }
}
