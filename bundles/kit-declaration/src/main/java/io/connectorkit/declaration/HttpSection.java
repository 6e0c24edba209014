package io.connectorkit.declaration;

import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.HttpOptions.Auth;
import io.connectorkit.api.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The section {@code http} of {@code connector.yaml}: {@link HttpOptions} in which settings and secrets of an instance are still to be put.
 *
 * @param defaults all that does not depend on the instance
 */
public record HttpSection(HttpOptions defaults, Template baseUrl, AuthSection auth, Map<String, Template> headers) {

  private static final Set<String> KEYS = Set.of("base_url", "auth", "headers", "rate_limit", "retries", "timeout", "total_timeout",
      "longest_pause", "max_body_mib", "allowed_hosts");
  private static final Pattern RATE = Pattern.compile("([1-9]\\d{0,6})/(s|min|h)");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,5}");
  private static final Pattern HOST = Pattern.compile("(\\*\\.)?[A-Za-z0-9.-]+");

  /** How credentials are sent. */
  enum AuthType { NONE, BEARER, BASIC, HEADER, QUERY }

  /**
   * The credentials.
   *
   * @param secret name of the variable, or of the secret setting, that holds them
   */
  record AuthSection(AuthType type, String secret, Template user, String name, String prefix) {}

  static HttpSection read(OptionReader options, Map<String, Setting> settings, Set<String> variables) {
    options.only(KEYS);
    if (options.find("base_url").isEmpty()) {
      options.add("'" + options.path("base_url") + "' is missing; write the source's URL there, such as \"{url}/v2\" with a setting 'url'");
    }
    HttpOptions usual = HttpOptions.DEFAULT;
    HttpOptions defaults = usual
        .retries(number(options, "retries", usual.retries()))
        .timeouts(time(options, "timeout", usual.timeout()), time(options, "total_timeout", usual.totalTimeout()),
            options.duration("longest_pause").orElse(usual.longestPause()))
        .maxBytes((long) Math.max(1, number(options, "max_body_mib", (int) (usual.maxBytes() >> 20))) << 20)
        .allowedHosts(hosts(options));
    return new HttpSection(rate(options, defaults), Template.read(options, "base_url", settings.keySet()),
        auth(options.section("auth"), settings, variables), headers(options.section("headers"), settings.keySet()));
  }

  private static int number(OptionReader options, String key, int otherwise) {
    String text = options.text(key, WHOLE, "a whole number");
    return text.isEmpty() ? otherwise : Integer.parseInt(text);
  }

  private static Duration time(OptionReader options, String key, Duration otherwise) {
    Duration time = options.duration(key).orElse(otherwise);
    if (time.isZero()) {
      options.wrong(key, "more than no time");
      return otherwise;
    }
    return time;
  }

  private static Set<String> hosts(OptionReader options) {
    List<String> hosts = options.texts("allowed_hosts", "a list of host names such as files.example.com or \"*.example.com\"");
    if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
      options.wrong("allowed_hosts", "a list of host names such as files.example.com or \"*.example.com\", without scheme and path");
    }
    return Set.copyOf(hosts);
  }

  private static HttpOptions rate(OptionReader options, HttpOptions defaults) {
    Matcher rate = RATE.matcher(options.text("rate_limit", RATE, "requests in a time, such as 10/s, 600/min or 5000/h"));
    if (!rate.matches()) {
      return defaults;
    }
    Duration time = rate.group(2).equals("s") ? Duration.ofSeconds(1) : rate.group(2).equals("min") ? Duration.ofMinutes(1) : Duration.ofHours(1);
    return defaults.rate(Integer.parseInt(rate.group(1)), time);
  }

  private static AuthSection auth(OptionReader options, Map<String, Setting> settings, Set<String> variables) {
    options.only(Set.of("type", "secret", "user", "name", "prefix"));
    List<String> types = Arrays.stream(AuthType.values()).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    AuthType type = options.label("type", label -> Arrays.stream(AuthType.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(label)).findFirst(), "one of " + types).orElse(AuthType.NONE);
    if (!options.entries().isEmpty() && options.find("type").isEmpty()) {
      options.add("'" + options.path("type") + "' is missing and must be one of " + types);
    }
    String secret = type == AuthType.NONE ? "" : options.required("secret");
    Set<String> secrets = settings.entrySet().stream().filter(each -> each.getValue().secret()).map(Map.Entry::getKey).collect(Collectors.toSet());
    secrets.addAll(variables);
    if (!secret.isEmpty() && !secrets.contains(secret)) {
      options.wrong("secret", "a variable under auth.env_vars, or a setting with 'secret: true'" + Nearest.hint(secret, secrets));
    }
    boolean named = type == AuthType.HEADER || type == AuthType.QUERY;
    if (type == AuthType.BASIC && options.find("user").isEmpty()) {
      options.add("'" + options.path("user") + "' is missing; write the user there, such as \"{email}\"");
    }
    return new AuthSection(type, secret, Template.read(options, "user", settings.keySet()), named ? options.required("name") : "",
        options.find("prefix").map(YamlValue::text).orElse(""));
  }

  private static Map<String, Template> headers(OptionReader options, Set<String> settings) {
    Map<String, Template> headers = new LinkedHashMap<>();
    options.entries().keySet().forEach(name -> headers.put(name, Template.read(options, name, settings)));
    return headers;
  }

  /**
   * The options of an instance.
   *
   * @param secrets gives the value of a variable that the connector declares
   * @throws io.connectorkit.api.ConnectorException if a setting is missing that the base URL needs
   */
  public HttpOptions options(Settings settings, Function<String, Optional<String>> secrets) {
    HttpOptions options = defaults.baseUrl(baseUrl.fill(settings, UnaryOperator.identity()));
    for (Map.Entry<String, Template> header : headers.entrySet()) {
      Optional<String> value = header.getValue().find(Template.texts(settings), UnaryOperator.identity());
      options = value.isEmpty() ? options : options.header(header.getKey(), value.get());
    }
    Optional<String> secret = auth.type() == AuthType.NONE ? Optional.empty()
        : settings.find(auth.secret()).or(() -> secrets.apply(auth.secret()));
    return secret.isEmpty() ? options : options.auth(auth(settings, secret.get()));
  }

  private Auth auth(Settings settings, String secret) {
    return switch (auth.type()) {
      case BASIC -> Auth.basic(auth.user().fill(settings, UnaryOperator.identity()), secret);
      case HEADER -> Auth.header(auth.name(), auth.prefix() + secret);
      case QUERY -> Auth.query(auth.name(), secret);
      case BEARER -> Auth.bearer(secret);
      case NONE -> Auth.NONE;
    };
  }
}
