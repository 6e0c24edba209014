package io.connectorkit.connector.bigquery;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ConnectorException.Kind;
import io.connectorkit.api.HttpCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Access tokens: for a service account's key from the endpoint that the key names (RFC 7523), or else from the metadata server of Google's
 * machines. One is used until a minute before it ends.
 */
final class AccessTokens {

  private static final String FILE = "GOOGLE_APPLICATION_CREDENTIALS";
  private static final String JSON = "BIGQUERY_SERVICE_ACCOUNT_JSON";
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final AtomicReference<Token> last = new AtomicReference<>(new Token("", Instant.MIN));

  private record Token(String text, Instant until) {}

  /** One that is good. Callers who come at the same time may each fetch one. */
  String get(ConnectorContext context) {
    Token token = last.get();
    if (!context.clock().instant().isBefore(token.until())) {
      token = fetch(context);
      last.set(token);
    }
    return token.text();
  }

  /** It was refused. */
  void forget(String token) {
    last.updateAndGet(current -> current.text().equals(token) ? new Token("", Instant.MIN) : current);
  }

  private static Token fetch(ConnectorContext context) {
    Instant now = context.clock().instant();
    Optional<JsonObject> key = key(context);
    try {
      Map<?, ?> answer = (key.isPresent() ? forKey(context, key.get(), now) : ofMachine(context)).json() instanceof Map<?, ?> map ? map : Map.of();
      if (answer.get("access_token") instanceof String text && answer.get("expires_in") instanceof Number seconds && text.matches("[!-~]+")) {
        return new Token(text, now.plusSeconds(seconds.longValue()).minus(MARGIN));
      }
      throw ConnectorException.authentication("the answer to the request for an access token has none", null);
    } catch (ConnectorException e) {
      if (key.isPresent()) {
        throw e.kind() == Kind.TRANSIENT ? e : ConnectorException.authentication(e.getMessage() + "; check the key in " + FILE + " or " + JSON, e);
      }
      throw ConnectorException.authentication("no credentials: neither " + FILE + " nor " + JSON + " is set, and the metadata server, which has a token"
          + " on Google's machines, gave none: " + e.getMessage(), e);
    }
  }

  private static HttpCall ofMachine(ConnectorContext context) {
    Duration wait = Duration.ofSeconds(5);
    return context.http().with(options -> options.baseUrl(context.settings().text("metadata_url")).retries(1).timeouts(wait, wait, Duration.ZERO))
        .get("/computeMetadata/v1/instance/service-accounts/default/token").header("Metadata-Flavor", "Google");
  }

  private static HttpCall forKey(ConnectorContext context, JsonObject key, Instant now) {
    String endpoint = text(key, "token_uri");
    return context.http().with(options -> options.baseUrl(endpoint)).postForm("", Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "assertion", assertion(key, endpoint, now))).repeatable();
  }

  private static Optional<JsonObject> key(ConnectorContext context) {
    try {
      Optional<String> file = context.secret(FILE);
      Optional<String> json = file.isPresent() ? Optional.of(Files.readString(Path.of(file.get()))) : context.secret(JSON);
      return json.map(text -> JsonParser.parseString(text).getAsJsonObject());
    } catch (IOException | InvalidPathException e) {
      // Not with its message: the name of the file is what the variable holds.
      throw ConnectorException.authentication(FILE + " does not name a file that can be read (" + e.getClass().getSimpleName() + ")", null);
    } catch (JsonParseException | IllegalStateException e) {
      throw ConnectorException.authentication("the key in " + FILE + " or " + JSON + " is no JSON object; it is the whole content of a key file", null);
    }
  }

  private static String assertion(JsonObject key, String endpoint, Instant now) {
    JsonObject header = new JsonObject();
    header.addProperty("alg", "RS256");
    header.addProperty("typ", "JWT");
    header.addProperty("kid", text(key, "private_key_id"));
    JsonObject claims = new JsonObject();
    claims.addProperty("iss", text(key, "client_email"));
    claims.addProperty("scope", SCOPE);
    claims.addProperty("aud", endpoint);
    claims.addProperty("iat", now.getEpochSecond());
    claims.addProperty("exp", now.plus(LIFE).getEpochSecond());
    String signed = base64(header.toString().getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(text(key, "private_key").replaceAll("-----[A-Z ]+-----", ""));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
      signature.update(signed.getBytes(StandardCharsets.UTF_8));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw ConnectorException.authentication("the private_key of the key in " + FILE + " or " + JSON + " is no RSA key in PKCS #8", null);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String text(JsonObject key, String field) {
    if (key.has(field) && key.get(field).isJsonPrimitive()) {
      return key.get(field).getAsString();
    }
    throw ConnectorException.authentication("the key in " + FILE + " or " + JSON + " has no '" + field + "'; it must be one of a service account", null);
  }
}
