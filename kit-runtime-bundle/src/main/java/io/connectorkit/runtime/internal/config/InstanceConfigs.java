package io.connectorkit.runtime.internal.config;

import io.connectorkit.host.KitException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The configuration files as they were read last. */
public final class InstanceConfigs {

  private record Read(List<InstanceFile> files, Map<String, String> problems) {}

  private final Path folder;
  private volatile Read last;

  public InstanceConfigs(Path folder) {
    this.folder = folder;
    refresh();
  }

  /** Reads all files again. */
  public void refresh() {
    List<InstanceFile> files = new ArrayList<>();
    Map<String, String> problems = new TreeMap<>();
    for (Path file : InstanceFile.in(folder)) {
      try {
        files.add(InstanceFile.read(file));
      } catch (KitException e) {
        problems.put(InstanceFile.instanceOf(file), e.getMessage());
      }
    }
    last = new Read(List.copyOf(files), Map.copyOf(problems));
  }

  /** Files that could be read. */
  public List<InstanceFile> files() {
    return last.files();
  }

  /** What is wrong with the others, by instance. */
  public Map<String, String> problems() {
    return last.problems();
  }

  /** The instances of a connector; the one without a file if none is configured. */
  public List<InstanceFile> of(String connector) {
    List<InstanceFile> configured = files().stream().filter(file -> file.connector().equals(connector)).toList();
    return configured.isEmpty() && !problems().containsKey(connector) ? List.of(InstanceFile.none(connector)) : configured;
  }
}
