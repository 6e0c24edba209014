package io.connectorkit.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.HttpOptions.Auth;
import io.connectorkit.api.Settings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HttpSectionTest {

  static final String HEAD = """
      name: acme
      version: "1.0.0"
      capabilities: [discover, read]
      auth:
        env_vars:
          - name: ACME_TOKEN
      config:
        url: {type: string}
        email: {type: string}
        password: {type: string, secret: true}
      """;

  static ConnectorYaml read(String sections) {
    return ConnectorYaml.read(new ByteArrayInputStream((HEAD + sections).getBytes(StandardCharsets.UTF_8)), "c.yaml");
  }

  static List<String> problems(String sections) {
    return assertThrows(DeclarationException.class, () -> read(sections)).problems();
  }

  private static HttpOptions options(String http, Map<String, Object> settings) {
    return read("http:\n" + http.indent(2)).http().orElseThrow().options(new Settings(settings), name -> Optional.of(name + "-value"));
  }

  @Test
  void settingsAndSecretsAreFilledIn() {
    HttpOptions options = options("""
        base_url: "{url}/v2"
        auth: {type: bearer, secret: ACME_TOKEN}
        headers: {X-User: "u-{email}", X-Fixed: a}
        rate_limit: 600/min
        retries: 0
        timeout: 5s
        total_timeout: 2m
        longest_pause: 0s
        max_body_mib: 7
        allowed_hosts: [files.example.com, "*.example.org"]
        """, Map.of("url", "https://api.example.com"));
    assertEquals("https://api.example.com/v2", options.baseUrl());
    assertEquals(Auth.bearer("ACME_TOKEN-value"), options.auth());
    assertEquals(Map.of("X-Fixed", "a"), options.headers());
    assertEquals(List.of(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ZERO),
        List.of(options.interval(), options.timeout(), options.totalTimeout(), options.longestPause()));
    assertEquals(List.of(0, 7L << 20, Set.of("files.example.com", "*.example.org")),
        List.of(options.retries(), options.maxBytes(), options.allowedHosts()));
  }

  @Test
  void credentialsStandWhereTheSourceWantsThem() {
    Map<String, Object> settings = Map.of("email", "me@x", "password", "pw");
    assertEquals(Auth.basic("me@x", "pw"), options("base_url: http://x\nauth: {type: basic, user: \"{email}\", secret: password}", settings).auth());
    assertEquals(Auth.header("X-Key", "Token pw"),
        options("base_url: http://x\nauth: {type: header, name: X-Key, secret: password, prefix: \"Token \"}", settings).auth());
    assertEquals(Auth.query("api_key", "pw"), options("base_url: http://x\nauth: {type: query, name: api_key, secret: password}", settings).auth());
    assertEquals(Auth.NONE, options("base_url: http://x", settings).auth());
  }

  @Test
  void aSettingThatIsNotSetIsNamedWithItsLine() {
    ConnectorException e = assertThrows(ConnectorException.class, () -> options("base_url: \"{url}/v2\"", Map.of()));
    assertEquals("META-INF/connector.yaml, line 12: 'http.base_url' needs all of its settings, {url}/v2; set them under config", e.getMessage());
  }

  @Test
  void whatIsWrongHasItsLine() {
    List<String> problems = problems("""
        http:
          base_url: "{ulr}/{"
          auth: {type: bearr, secret: OTHER}
          rate_limit: fast
          retries: -1
          timeout: 0s
          allowed_hosts: ["https://x/"]
          header: {}
        """);
    List<String> expected = List.of("line 12: 'http.base_url' names the setting 'ulr', which config does not have; did you mean 'url'?",
        "line 12: 'http.base_url' has a brace without its partner", "line 13: 'http.auth.type' is 'bearr' and must be one of",
        "line 14: 'http.rate_limit' is 'fast' and must be requests in a time", "line 15: 'http.retries' is '-1'", "line 16: 'http.timeout' is '0s'",
        "line 17: 'http.allowed_hosts' is a list and must be", "line 18: 'http.header' is unknown; did you mean 'headers'?");
    expected.forEach(each -> assertTrue(problems.stream().anyMatch(problem -> problem.startsWith("KIT-2002 c.yaml, " + each)), each + " in " + problems));
    assertEquals(expected.size(), problems.size(), problems.toString());
    assertTrue(problems("http:\n  auth: {type: query, secret: email}\n").toString().contains("'http.auth.secret' is 'email' and must be a variable"));
  }
}
