package io.connectorkit.deployer.internal.watch;

import io.connectorkit.deployer.internal.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a watch tells: {@code +name} or {@code -name}; files that are to be no use are asked for in vain. */
final class Recorder implements FolderWatch.Handler {

  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Long> times = new CopyOnWriteArrayList<>();
  final Set<String> useless = ConcurrentHashMap.newKeySet();
  final List<Boolean> patience = new CopyOnWriteArrayList<>();

  @Override
  public boolean changed(Path file, boolean patient) {
    String name = file.getFileName().toString();
    patience.add(patient);
    if (useless.contains(name) && patient) {
      return false;
    }
    times.add(System.nanoTime());
    told.add("+" + name);
    return true;
  }

  @Override
  public void removed(String name) {
    times.add(System.nanoTime());
    told.add("-" + name);
  }

  void awaitTold(String... all) {
    Await.until(() -> List.of(all) + ", told was " + told, () -> told.equals(List.of(all)));
  }
}
