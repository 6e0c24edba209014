package io.connectorkit.runtime.internal.stream;

import io.connectorkit.declaration.WebhookSection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks HMAC-SHA256 over a raw body. */
final class Signature {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int HEX_DIGITS = 64;

  private Signature() {}

  /**
   * Whether a body is signed with the key.
   *
   * @param headers by lower-case name
   */
  static boolean matches(WebhookSection webhook, String key, Map<String, String> headers, byte[] body) {
    Optional<String> given = webhook.signatureHeaders().stream().map(name -> headers.get(name.toLowerCase(Locale.ROOT)))
        .filter(value -> value != null).findFirst();
    if (given.isEmpty()) {
      return false;
    }
    String prefix = webhook.prefix().orElse("");
    String hex = given.get().startsWith(prefix) ? given.get().substring(prefix.length()) : given.get();
    if (hex.length() != HEX_DIGITS || !hex.chars().allMatch(each -> Character.digit(each, 16) >= 0 && each < 128)) {
      return false;
    }
    return MessageDigest.isEqual(HexFormat.of().parseHex(hex), hmac(key, body));
  }

  private static byte[] hmac(String key, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
