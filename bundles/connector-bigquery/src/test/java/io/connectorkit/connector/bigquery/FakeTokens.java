package io.connectorkit.connector.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectorkit.connector.bigquery.FakeRest.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who may come in: gives tokens to whoever holds the key, and takes them back. */
public final class FakeTokens {

  private static final String ACCOUNT = "reader@acme-data-1.iam.gserviceaccount.com";

  private final KeyPair key;
  private final Set<String> good = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private volatile int seconds = 3600;

  FakeTokens() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      key = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key file of the account. */
  String key(String endpoint) {
    String pem = "-----BEGIN PRIVATE KEY-----\\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getPrivate().getEncoded())
        .replace("\n", "\\n") + "\\n-----END PRIVATE KEY-----\\n";
    return "{\"type\": \"service_account\", \"client_email\": \"" + ACCOUNT + "\", \"private_key_id\": \"k1\", \"private_key\": \"" + pem
        + "\", \"token_uri\": \"" + endpoint + "\"}";
  }

  /** All tokens end now, long before their time. */
  public void revoke() {
    good.clear();
  }

  /** How long the next tokens are said to live. */
  public void life(int other) {
    seconds = other;
  }

  /** How many there have been. */
  public int given() {
    return count.get();
  }

  boolean good(String token) {
    return good.contains(token);
  }

  Reply forMachine(String path, String flavor) {
    return !"Google".equals(flavor) ? FakeRest.error(403, "Missing Metadata-Flavor")
        : path.equals("/computeMetadata/v1/instance/service-accounts/default/token") ? token() : FakeRest.error(404, "none");
  }

  Reply forAssertion(Map<String, String> form, String endpoint) throws IOException {
    String[] parts = form.getOrDefault("assertion", "..").split("\\.");
    boolean valid = "urn:ietf:params:oauth:grant-type:jwt-bearer".equals(form.get("grant_type")) && parts.length == 3 && signed(parts);
    if (valid) {
      JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
      long now = System.currentTimeMillis() / 1000;
      valid = claims.path("iss").asText().equals(ACCOUNT) && claims.path("aud").asText().equals(endpoint)
          && claims.path("scope").asText().equals("https://www.googleapis.com/auth/cloud-platform") && Math.abs(claims.path("iat").asLong() - now) < 60
          && claims.path("exp").asLong() - claims.path("iat").asLong() <= 3600;
    }
    return valid ? token() : new Reply(400, "{\"error\": \"invalid_grant\", \"error_description\": \"Invalid JWT Signature.\"}", null);
  }

  private boolean signed(String[] parts) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private Reply token() {
    String token = "ya29.token-" + count.incrementAndGet();
    good.add(token);
    return new Reply(200, "{\"access_token\": \"" + token + "\", \"expires_in\": " + seconds + ", \"token_type\": \"Bearer\"}", null);
  }
}
