package io.connectorkit.runtime.internal.stream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.declaration.WebhookSection;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** H15: the signature is over the raw body, and nothing but the right one passes. */
class SignatureTest {

  /** The example of GitHub's documentation. */
  private static final String KEY = "It's a Secret to Everybody";
  private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);
  private static final String SIGNED = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  private static boolean matches(String header, String value, byte[] body, String key) {
    return Signature.matches(WebhookSection.USUAL, key, Map.of(header, value), body);
  }

  @Test
  void theRightOnePassesWithItsPrefixAndWithout() {
    assertTrue(matches("x-hub-signature-256", "sha256=" + SIGNED, BODY, KEY));
    assertTrue(matches("x-hub-signature", SIGNED.toUpperCase(Locale.ROOT), BODY, KEY));
  }

  @Test
  void anythingElseDoesNot() {
    assertFalse(matches("x-hub-signature-256", "sha256=" + SIGNED, "Hello, World?".getBytes(StandardCharsets.UTF_8), KEY), "other body");
    assertFalse(matches("x-hub-signature-256", "sha256=" + SIGNED, BODY, "another key"), "other key");
    assertFalse(matches("x-hub-signature-256", "sha256=" + SIGNED.substring(2), BODY, KEY), "too short");
    assertFalse(matches("x-hub-signature-256", "sha256=" + "z".repeat(64), BODY, KEY), "no hexadecimal");
    assertFalse(matches("x-hub-signature-256", "", BODY, KEY), "empty");
    assertFalse(matches("x-other", SIGNED, BODY, KEY), "other header");
  }

  @Test
  void theFirstHeaderCountsAndALaterOneDoesNotSaveIt() {
    assertFalse(Signature.matches(WebhookSection.USUAL, KEY, Map.of("x-hub-signature-256", "sha256=" + "0".repeat(64), "x-hub-signature", SIGNED), BODY));
  }
}
