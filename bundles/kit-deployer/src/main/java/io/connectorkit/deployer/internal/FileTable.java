package io.connectorkit.deployer.internal;

import io.connectorkit.deployer.internal.gate.Refusal;
import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.DeployedFile.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of each file, and who hears of it. */
final class FileTable {

  private static final Logger LOG = LoggerFactory.getLogger(FileTable.class);

  private final Map<String, DeployedFile> files = new ConcurrentSkipListMap<>();
  private final Set<String> present = ConcurrentHashMap.newKeySet();
  private final Consumer<DeployedFile> changed;

  FileTable(Consumer<DeployedFile> changed) {
    this.changed = changed;
  }

  List<DeployedFile> list() {
    return List.copyOf(files.values());
  }

  Optional<DeployedFile> find(String file) {
    return Optional.ofNullable(files.get(file));
  }

  /** Notes a state; {@code jar} is what the bundle consists of, if there is one. */
  void record(String file, State state, Jar jar, Bundle bundle, String reason, String note) {
    put(new DeployedFile(file, state, jar == null ? "" : jar.symbolicName(), jar == null ? "" : jar.version().toString(),
        bundle == null ? -1 : bundle.getBundleId(), jar == null ? "" : jar.sha256(), reason, note, now()));
  }

  /** A file lies there now. */
  void appeared(String file) {
    present.add(file);
  }

  /** A file does not lie there any more; whoever still works on it says nothing more of it. */
  void gone(String file) {
    present.remove(file);
    files.remove(file);
  }

  /** The gate refuses a file; one that had replaced a good one leaves that one's bundle running. */
  void reject(String file, String reason) {
    DeployedFile before = files.get(file);
    boolean goesOn = before != null && before.bundleId() >= 0;
    put(new DeployedFile(file, State.REJECTED, goesOn ? before.bundle() : "", goesOn ? before.version() : "", goesOn ? before.bundleId() : -1,
        goesOn ? before.sha256() : "", reason + (goesOn ? " (the version before it goes on)" : ""), "", now()));
  }

  private void put(DeployedFile entry) {
    if (!present.contains(entry.file())) {
      return;
    }
    DeployedFile before = files.put(entry.file(), entry);
    if (!entry.reason().isEmpty() && (before == null || !before.reason().equals(entry.reason()))) {
      LOG.warn("{} {}: {}", entry.state().name().toLowerCase(Locale.ROOT), Refusal.line(entry.file()), entry.reason());
    }
    changed.accept(entry);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
