package io.connectorkit.deployer.internal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which of several files with one bundle counts: the highest version, so that a restart of the host chooses as the running one did; among
 * equal ones the file that counted before.
 */
final class Election {

  private final Map<String, Jar> jars = new HashMap<>();
  /** The same by symbolic name and file; there may be hundreds. */
  private final Map<String, Map<String, Jar>> bundles = new TreeMap<>();
  private final Set<Jar> refused = new HashSet<>();
  private final Map<String, String> winners = new HashMap<>();

  /** Enters a file; gives the one of that name which it replaces. */
  Optional<Jar> put(Jar jar) {
    Optional<Jar> before = Optional.ofNullable(jars.put(jar.file(), jar));
    before.ifPresent(this::forget);
    refused.remove(jar);
    bundles.computeIfAbsent(jar.symbolicName(), name -> new TreeMap<>()).put(jar.file(), jar);
    return before;
  }

  Optional<Jar> remove(String file) {
    Optional<Jar> gone = Optional.ofNullable(jars.remove(file));
    gone.ifPresent(this::forget);
    return gone;
  }

  private void forget(Jar jar) {
    refused.remove(jar);
    bundles.computeIfPresent(jar.symbolicName(), (name, files) -> files.remove(jar.file()) != null && files.isEmpty() ? null : files);
  }

  /** Passes a file over until it changes. */
  void refuse(Jar jar) {
    if (jar.equals(jars.get(jar.file()))) {
      refused.add(jar);
    }
  }

  /** Names of all bundles. */
  Set<String> symbolicNames() {
    return new TreeSet<>(bundles.keySet());
  }

  List<Jar> of(String symbolicName) {
    return List.copyOf(bundles.getOrDefault(symbolicName, Map.of()).values());
  }

  /** The file that counts; empty if all are refused, or there is none. */
  Optional<Jar> elect(String symbolicName) {
    String incumbent = winners.getOrDefault(symbolicName, "");
    Optional<Jar> winner = of(symbolicName).stream().filter(jar -> !refused.contains(jar))
        .max(Comparator.comparing(Jar::version).thenComparing(jar -> jar.file().equals(incumbent)));
    winner.ifPresent(jar -> winners.put(symbolicName, jar.file()));
    return winner;
  }

  boolean isRefused(Jar jar) {
    return refused.contains(jar);
  }

  boolean uses(String symbolicName, String sha256) {
    return of(symbolicName).stream().anyMatch(jar -> jar.sha256().equals(sha256));
  }
}
