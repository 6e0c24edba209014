package io.connectorkit.runtime.internal.remote;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.RemoteAttach;
import io.connectorkit.declaration.RemoteUrl;
import io.connectorkit.host.KitException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A9, A10, A11: whatever a connector says ends up in SQL, or decides where a token goes. */
class RemoteRulesTest {

  private static final RemoteRules.Asker ASKER = new RemoteRules.Asker("kbc_source", Set.of("KBC_TOKEN", "OTHER_TOKEN"),
      Set.of("https://connection.keboola.com", "acme-project", "/data/shop.duckdb"), List.of("swordfish"));
  private static final RemoteRules DEFAULTS = new RemoteRules(ASKER, Set.of("keboola", "bigquery"), Set.of(), Set.of());
  private static final RemoteAttach GOOD = new RemoteAttach("kbc", "keboola", "https://connection.keboola.com", "KBC_TOKEN", Map.of());

  private static RemoteAttach with(String alias, String extension, String url, String token) {
    return new RemoteAttach(alias, extension, url, token, Map.of());
  }

  private static String refusal(RemoteRules rules, RemoteAttach attach) {
    String message = assertThrows(KitException.class, () -> rules.check(attach)).getMessage();
    assertTrue(message.startsWith("KIT-3060 attachment of 'kbc_source': ") && message.contains("; ") && message.lines().count() == 1, message);
    return message;
  }

  private static String refusal(RemoteAttach attach) {
    return refusal(DEFAULTS, attach);
  }

  @Test
  void whatTheKnownSourcesSayPasses() {
    DEFAULTS.check(GOOD);
    DEFAULTS.check(with("bq", "bigquery", "project=acme-project dataset=shop billing_project=acme-billing", ""));
    DEFAULTS.check(with("bq", "bigquery", "project=acme-project", "OTHER_TOKEN"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "a\n", "main", "memory", "temp", "system", "select", "_x", "analytics", "_meta", "1a", "a.b"})
  void anAliasIsAStrictIdentifier(String alias) {
    assertTrue(refusal(with(alias, "keboola", GOOD.url(), "")).contains("alias "));
  }

  @Test
  void anAliasIsNotTheInstancesName() {
    assertTrue(refusal(with("KBC_source", "keboola", GOOD.url(), "")).contains("also the name of the instance"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Keboola", "keboola; DROP", "keboola\n", "../keboola"})
  void anExtensionIsAPlainName(String extension) {
    assertTrue(refusal(with("kbc", extension, GOOD.url(), "")).contains("must be of lower-case letters"));
  }

  @Test
  void anExtensionIsAmongThoseAllowed() {
    assertTrue(refusal(with("kbc", "httpfs", GOOD.url(), "")).contains("extension 'httpfs' is not among those allowed, [bigquery, keboola]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "KBC-TOKEN", "KBC_TOKEN\n", "sk-1234567890", "$KBC_TOKEN", "1TOKEN"})
  void aTokenVariableIsAName(String variable) {
    String message = refusal(with("kbc", "keboola", GOOD.url(), variable));
    assertTrue(message.contains("must be of capital letters") && !message.contains(variable.strip()), message);
  }

  @Test
  void aTokenVariableIsDeclaredAndAllowed() {
    assertTrue(refusal(with("kbc", "keboola", GOOD.url(), "JWT_SECRET_KEY")).contains("JWT_SECRET_KEY is not declared"));
    RemoteRules strict = new RemoteRules(ASKER, Set.of("keboola"), Set.of(), Set.of("KBC_TOKEN", "JWT_SECRET_KEY"));
    strict.check(GOOD);
    assertTrue(refusal(strict, with("kbc", "keboola", GOOD.url(), "OTHER_TOKEN")).contains("not among those allowed, [JWT_SECRET_KEY, KBC_TOKEN]"));
    assertTrue(refusal(strict, with("kbc", "keboola", GOOD.url(), "JWT_SECRET_KEY")).contains("is not declared"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      https://evil.example                                   | 'evil.example' is not named by the settings
      https://connection.keboola.com.evil.example            | 'connection.keboola.com.evil.example' is not named
      https://connection.keboola.com@evil.example            | holds credentials
      https://connection.keboola.com:pw@evil.example         | holds credentials
      https://me:pass@connection.keboola.com                 | holds credentials
      http://connection.keboola.com                          | must begin with https://
      ftp://connection.keboola.com                           | must begin with https://
      https://connection.keboola.com?token=x                 | holds a parameter for a secret
      https://connection.keboola.com?a=b&Api_Key=x           | holds a parameter for a secret
      https://connection.keboola.com/swordfish               | a secret stands in it
      https:///nowhere                                       | has no host
      https://connection keboola.com                         | is none
      project=acme-project api_endpoint=evil.example         | 'evil.example' is not named
      project=acme-project grpc_endpoint=https://evil.example | 'evil.example' is not named
      project=acme-project;password=x                        | holds a parameter for a secret
      evil.example                                           | 'evil.example' is not named
      host=evil.example                                      | 'evil.example' is not named
      /etc/passwd                                            | '/etc/passwd' is not named
      """)
  void aUrlLeadsWhereTheOperatorSaysAndHoldsNoSecret(String url, String word) {
    String message = refusal(with("kbc", "keboola", url, ""));
    assertTrue(message.contains(word) && !message.contains("swordfish"), message);
  }

  @Test
  void aUrlIsOneLineOfBoundedLength() {
    assertTrue(refusal(with("kbc", "keboola", "https://connection.keboola.com\n', TOKEN 'x", "")).contains("control characters"));
    assertTrue(refusal(with("kbc", "keboola", "https://connection.keboola.com/" + "x".repeat(2000), "")).contains("2000 characters"));
  }

  @Test
  void aListOfHostsCountsInPlaceOfTheSettings() {
    RemoteRules listed = new RemoteRules(ASKER, Set.of("keboola"), Set.of("stack.example", "other.example:8443"), Set.of());
    listed.check(with("kbc", "keboola", "https://stack.example:444", ""));
    listed.check(with("kbc", "keboola", "https://other.example:8443", ""));
    assertTrue(refusal(listed, with("kbc", "keboola", "https://other.example", "")).contains("'other.example' is not among the hosts allowed"));
    assertTrue(refusal(listed, GOOD).contains("[other.example:8443, stack.example]"));
  }

  @Test
  void aFileIsAttachedOnlyWhereBothListsAllowIt() {
    RemoteRules files = new RemoteRules(ASKER, Set.of("duckdb"), Set.of(), Set.of());
    files.check(with("shop", "duckdb", "/data/shop.duckdb", ""));
    assertTrue(refusal(files, with("shop", "duckdb", "/data/../extracts/analytics.duckdb", "")).contains("is not named by the settings"));
    assertTrue(refusal(with("shop", "duckdb", "/data/shop.duckdb", "")).contains("extension 'duckdb' is not among those allowed"));
  }

  private static String refusal(RemoteAttach attach, RemoteAttach.Relation relation) {
    RemoteRules all = new RemoteRules(ASKER, Set.of("keboola", "bigquery", "duckdb"), Set.of(), Set.of());
    return assertThrows(KitException.class, () -> all.check(attach, "orders", relation)).getMessage();
  }

  @Test
  void whatStandsBehindATableIsANameOrAFunctionOfTheExtension() {
    RemoteAttach bigquery = with("bq", "bigquery", "project=acme-project", "");
    assertDoesNotThrow(() -> DEFAULTS.check(GOOD, "orders", new RemoteAttach.Name(List.of("in.c-main", "or\"ders"))));
    assertDoesNotThrow(() -> DEFAULTS.check(bigquery, "orders", new RemoteAttach.Call("bigquery_query", List.of("acme", "SELECT\n'1'"))));
    assertTrue(refusal(GOOD, null).contains("nothing stands behind table 'orders'"));
    assertTrue(refusal(GOOD, new RemoteAttach.Name(List.of())).contains("one or more"));
    assertTrue(refusal(GOOD, new RemoteAttach.Name(List.of("shop", "or\u0000ders"))).contains("control characters"));
    for (String function : List.of("read_text", "keboola_query", "bigquery_query('x')", "bigquery", "bigquery_\n")) {
      assertTrue(refusal(bigquery, new RemoteAttach.Call(function, List.of())).contains("must be one of the extension"), function);
    }
    assertTrue(refusal(with("x", "duckdb", "/data/shop.duckdb", ""), new RemoteAttach.Call("duckdb_secrets", List.of())).contains("has none"));
    RemoteAttach secretive = new RemoteAttach("bq", "bigquery", "project=acme-project", "",
        Map.of("orders", new RemoteAttach.Call("bigquery_query", List.of("SELECT 'swordfish'"))));
    assertTrue(refusal(secretive).contains("a secret stands in it") && !refusal(secretive).contains("swordfish"));
  }

  @Test
  void wordsOfAUrlThatNameAPartOfTheSourceAreNoPlaces() {
    assertEquals(List.of(), RemoteUrl.of("bigquery", "project=acme dataset=shop").places());
    assertEquals(List.of("a.example:1", "b"), RemoteUrl.of("x", "project=acme endpoint=https://A.example:1 server=b").places());
  }
}
