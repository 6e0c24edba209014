package io.connectorkit.runtime.internal.config;

import io.connectorkit.api.Settings;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Setting;
import io.connectorkit.http.Hidden;
import io.connectorkit.runtime.internal.isolation.Sayable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which settings are not shown, and which of their texts are kept out of messages. */
public final class Confidential {

  private static final String TELLING = "(?:password|passwd|passphrase|pwd|secret|token|credentials?|api[_-]?key|access[_-]?key)";
  private static final Pattern USER_IN_URL = Pattern.compile("://([^/?#\\s]*)@");
  private static final Pattern PARAMETER = Pattern.compile("(?i)((?:^|[?&;\\s])\\w*" + TELLING + "=)([^&;\\s'\"]+)");
  private static final Pattern KEY = Pattern.compile("(?i).*" + TELLING);
  /** What no connector declares may be a word of everyday use as well. */
  private static final int SHORTEST_UNDECLARED = 8;

  private Confidential() {}

  /** Whether a setting is not shown: what the connector does not know may be a secret in the wrong place, and others may hold one. */
  static boolean hides(Setting setting, Object value) {
    return setting == null || setting.secret() || leaves(value).anyMatch(text -> USER_IN_URL.matcher(text).find() || PARAMETER.matcher(text).find())
        || named(value).findAny().isPresent();
  }

  /** The texts of settings that are declared as secrets. */
  public static Stream<String> declared(ConnectorYaml yaml, Settings settings) {
    return settings.values().entrySet().stream().filter(each -> yaml.settings().containsKey(each.getKey()) && yaml.settings().get(each.getKey()).secret())
        .flatMap(each -> leaves(each.getValue()));
  }

  /** Texts of other settings that may be secrets all the same. */
  public static Stream<String> undeclared(ConnectorYaml yaml, Settings settings) {
    return settings.values().entrySet().stream().flatMap(each -> yaml.settings().containsKey(each.getKey())
        ? Stream.concat(named(each.getValue()), leaves(each.getValue()).flatMap(Confidential::inUrl))
        : leaves(each.getValue()).filter(text -> text.length() >= SHORTEST_UNDECLARED));
  }

  /** One line, bounded, without these texts, users in URLs and parameters that look like secrets. */
  public static String clean(String text, Collection<String> hidden) {
    return Sayable.line(masked(text, hidden));
  }

  /** The same at full length. */
  public static String masked(String text, Collection<String> hidden) {
    return PARAMETER.matcher(USER_IN_URL.matcher(new Hidden(hidden).in(text)).replaceAll("://***@")).replaceAll("$1***");
  }

  private static Stream<String> leaves(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().flatMap(Confidential::leaves);
    }
    return value instanceof List<?> list ? list.stream().flatMap(Confidential::leaves) : Stream.ofNullable(value).map(String::valueOf);
  }

  /** The texts under keys that tell what they are. */
  private static Stream<String> named(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream().flatMap(each -> KEY.matcher(String.valueOf(each.getKey())).matches() ? leaves(each.getValue()) : named(each.getValue()));
    }
    return value instanceof List<?> list ? list.stream().flatMap(Confidential::named) : Stream.empty();
  }

  /** Passwords, as they are written and as they are meant. */
  private static Stream<String> inUrl(String text) {
    Stream<String> users = USER_IN_URL.matcher(text).results().map(found -> found.group(1).replaceFirst("^[^:]*:", ""));
    Stream<String> parameters = PARAMETER.matcher(text).results().map(found -> found.group(2));
    return Stream.concat(users, parameters).flatMap(written -> Stream.of(written, decoded(written)));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
