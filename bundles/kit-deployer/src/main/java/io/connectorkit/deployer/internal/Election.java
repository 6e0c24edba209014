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

  private final Map<String, Jar> jars = new TreeMap<>();
  private final Set<Jar> refused = new HashSet<>();
  private final Map<String, String> winners = new HashMap<>();

  /** Enters a file; gives the one of that name which it replaces. */
  Optional<Jar> put(Jar jar) {
    Optional<Jar> before = Optional.ofNullable(jars.put(jar.file(), jar));
    before.ifPresent(refused::remove);
    refused.remove(jar);
    return before;
  }

  Optional<Jar> remove(String file) {
    Optional<Jar> gone = Optional.ofNullable(jars.remove(file));
    gone.ifPresent(refused::remove);
    return gone;
  }

  /** Passes a file over until it changes. */
  void refuse(Jar jar) {
    if (jar.equals(jars.get(jar.file()))) {
      refused.add(jar);
    }
  }

  /** Names of all bundles. */
  Set<String> symbolicNames() {
    Set<String> names = new TreeSet<>();
    jars.values().forEach(jar -> names.add(jar.symbolicName()));
    return names;
  }

  List<Jar> of(String symbolicName) {
    return jars.values().stream().filter(jar -> jar.symbolicName().equals(symbolicName)).toList();
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
