package io.connectorkit.connector.jira;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.connectorkit.api.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Documents, links, JSON and queries as text. */
class TextTest {

  private static Map<String, Object> text(String text, Object... marks) {
    return Map.of("type", "text", "text", text, "marks", List.of(marks));
  }

  private static Map<String, Object> link(String href) {
    return Map.of("type", "link", "attrs", Map.of("href", href));
  }

  private static Map<String, Object> node(String type, Object... content) {
    return Map.of("type", type, "content", List.of(content));
  }

  @Test
  void piecesOfADocumentAreJoinedBySpacesAndOnlyItsEdgesAreStripped() {
    assertEquals("a  b \n c", Adf.text(node("doc", node("paragraph", text(" a "), text("b")),
        node("mediaSingle", Map.of("type", "media", "attrs", Map.of("id", "x"))), node("bulletList", node("listItem", text("\n c "))))));
    assertEquals("", Adf.text(node("doc")));
    assertNull(Adf.text(null));
    assertEquals("plain", Adf.text("plain"));
  }

  @Test
  void linksStandBehindTheirTextUnlessTheyAreIt() {
    assertEquals("here (https://example.com/a)", Adf.text(text("here", Map.of("type", "strong"), link("https://example.com/a"))));
    assertEquals("https://example.com/a", Adf.text(text("https://example.com/a", link("https://example.com/a"))));
    assertEquals("example.com/a", Adf.text(text("example.com/a", link("https://example.com/a"))));
    assertEquals("a@example.com", Adf.text(text("a@example.com", link("mailto:a@example.com"))));
    assertEquals("https://example.com/1 https://example.com/2 https://example.com/3", Adf.text(node("doc",
        Map.of("type", "inlineCard", "attrs", Map.of("url", "https://example.com/1")),
        Map.of("type", "blockCard", "attrs", Map.of("data", Map.of("url", "https://example.com/2"))),
        Map.of("type", "embedCard", "attrs", Map.of("data", Map.of("@id", "https://example.com/3"))))));
  }

  @Test
  void secretsInLinksAreReplaced() {
    for (String name : List.of("token", "access_token", "X-Amz-Signature",
        "client.secret", "API_KEY", "my-password", "jwt", "sig", "Key", "%74oken", "sdata", "code")) {
      assertEquals("https://example.com/?a=1&" + name + "=REDACTED&b=2#c=3", Links.redacted("https://example.com/?a=1&" + name + "=s3cret;x&b=2#c=3"));
    }
    for (String name : List.of("keys", "codes", "tok1", "page", "authority")) {
      assertEquals("https://example.com/?" + name + "=1", Links.redacted("https://example.com/?" + name + "=1"));
    }
    assertEquals("https://example.com/#/callback?token=REDACTED&x=1", Links.redacted("https://example.com/#/callback?token=s3cret&x=1"));
    assertEquals("https://example.com/#a=1;token=REDACTED", Links.redacted("https://example.com/#a=1;token=s3cret"));
    assertEquals("https://REDACTED@example.com/", Links.redacted("https://ada:s3cret@example.com/"));
    assertEquals("see https://example.com/?token=REDACTED and x=token=1", Adf.text(text("see https://example.com/?token=s3cret and x=token=1")));
    assertEquals("https://example.com/?token=REDACTED (https://example.com/?token=REDACTED&a=1)",
        Adf.text(text("https://example.com/?token=s3cret", link("https://example.com/?token=s3cret&a=1"))));
  }

  @Test
  void jsonIsWrittenWithSpacesAndInAscii() {
    assertEquals("[\"a\", \"b, c\", \"gr\\u00f6\\u00dfer \\ud83d\\ude00\", null]", Json.text(Arrays.asList("a", "b, c", "größer 😀", null)));
    assertEquals("{\"x\": [1, 1.50, true], \"y\": {\"z\": \"\\n\\\"/\"}}", Json.text(new java.util.TreeMap<>(Map.of(
        "x", List.of(1L, new BigDecimal("1.50"), true), "y", Map.of("z", "\n\"/")))));
    assertEquals("[]", Values.array(null));
  }

  @Test
  void choicesGoByValueOrElseByName() {
    assertEquals("High", Values.option(Map.of("value", "High", "name", "no")));
    assertEquals("High", Values.option(Map.of("name", "High")));
    assertEquals("High", Values.option("High"));
    assertNull(Values.option(null));
    assertEquals("[\"A\", \"B\"]", Values.options(List.of(Map.of("value", "A"), Map.of("value", "B"))));
    assertEquals(Instant.parse("2026-01-31T22:30:00.123Z"), Values.time("2026-01-31T23:30:00.123+0100"));
    assertEquals(Instant.parse("2026-01-31T22:30:00Z"), Values.time("2026-01-31T22:30:00Z"));
    assertEquals("yesterday", Values.time("yesterday"));
    assertNull(Values.flag("true"));
  }

  /** J18 to J20: bounded, escaped, in the account's zone, by minutes, with an overlap. */
  @Test
  void theQueryIsInTheZoneOfTheAccountAndNeverTooLate() {
    Settings all = new Settings(Map.of());
    String order = "\" ORDER BY created ASC, key ASC";
    assertEquals("updated >= \"1970-01-01 00:00" + order, Jql.all(all));
    assertEquals("project in (\"A\", \"B\\\"\\\\\") AND (type = Bug OR x) AND updated >= \"1970-01-01 00:00" + order,
        Jql.all(new Settings(Map.of("projects", List.of("A", "B\"\\"), "jql", "type = Bug OR x"))));
    assertEquals("updated >= \"2026-06-30 22:20" + order, Jql.since(all, Instant.parse("2026-06-30T12:30:59.999Z"), ZoneId.of("Australia/Brisbane")));
    assertEquals("updated >= \"2025-12-31 19:20" + order, Jql.since(all, Instant.parse("2026-01-01T00:30:00Z"), ZoneId.of("America/New_York")));
    // 03:00 to 02:00 in Prague: 02:30 comes twice.
    ZoneId prague = ZoneId.of("Europe/Prague");
    assertEquals("updated >= \"2026-10-25 01:59" + order, Jql.since(all, Instant.parse("2026-10-25T00:40:00Z"), prague));
    assertEquals("updated >= \"2026-10-25 01:59" + order, Jql.since(all, Instant.parse("2026-10-25T01:40:00Z"), prague));
    assertEquals("updated >= \"2026-10-25 03:00" + order, Jql.since(all, Instant.parse("2026-10-25T02:10:00Z"), prague));
    // 02:00 to 03:00: the hour between is not there.
    assertEquals("updated >= \"2026-03-29 01:55" + order, Jql.since(all, Instant.parse("2026-03-29T01:05:00Z"), prague));
  }
}
