package io.connectorkit.itests.scripted;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The ways in which a secret gets into texts, other than as it is. */
public final class Spellings {

  private Spellings() {}

  /** As it is, in a URL, in JSON, encoded, and encoded behind a user's name. */
  public static List<String> of(String secret) {
    return List.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8), secret.replace("\\", "\\\\").replace("\"", "\\\""), base64(secret),
        base64("reader:" + secret));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
