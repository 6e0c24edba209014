package io.connectorkit.contract;

import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Setting;
import io.connectorkit.http.Hidden;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What must not be told. */
final class Secret {

  /** Shorter ones stand in many an innocent word. */
  private static final int SHORTEST = 4;

  private Secret() {}

  /** The secrets of the instance: of variables, and of settings that are marked as such. */
  static List<String> values(Trial trial) {
    Map<String, Object> settings = trial.subject().settings();
    Stream<String> marked = settingNames(trial).stream().map(settings::get).map(String::valueOf);
    return Stream.concat(trial.subject().secrets().values().stream(), marked).filter(value -> value.length() >= SHORTEST).distinct().toList();
  }

  /** Takes them out of messages, also those inside of a list or a mapping. */
  static Hidden hidden(Trial trial) {
    Map<String, Object> settings = trial.subject().settings();
    return new Hidden(Stream.concat(values(trial).stream(), settingNames(trial).stream().flatMap(name -> leaves(settings.get(name)))).toList());
  }

  private static Stream<String> leaves(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().flatMap(Secret::leaves);
    }
    return value instanceof List<?> list ? list.stream().flatMap(Secret::leaves) : Stream.of(String.valueOf(value));
  }

  /** Settings that are marked as secret and are set. */
  static Set<String> settingNames(Trial trial) {
    Set<String> names = new HashSet<>();
    Optional<ConnectorYaml> yaml = trial.yaml();
    if (yaml.isPresent()) {
      for (Map.Entry<String, Setting> entry : yaml.get().settings().entrySet()) {
        if (entry.getValue().secret() && trial.subject().settings().containsKey(entry.getKey())) {
          names.add(entry.getKey());
        }
      }
    }
    return names;
  }

  /** A mapping in which some values are another one. */
  static <V> Map<String, V> replaced(Map<String, V> map, Set<String> names, V value) {
    Map<String, V> replaced = new HashMap<>(map);
    names.forEach(name -> replaced.put(name, value));
    return replaced;
  }
}
