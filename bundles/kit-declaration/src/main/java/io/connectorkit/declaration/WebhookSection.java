package io.connectorkit.declaration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The section {@code webhook} of {@code connector.yaml} or of an instance's file: how a source signs what it sends, and what tells one event from
 * another. What an instance leaves out is as its connector says.
 *
 * @param secret name of the variable with the key of the signature
 * @param signatureHeaders those that may hold the signature, the first that is there counts
 * @param prefix what may stand before it
 * @param idHeader the header that names the event
 * @param timeField the field of the body, or header, with the time at which it was sent
 * @param maxAge how old an event may be by that
 * @param maxBodyKib the largest body
 */
public record WebhookSection(Optional<String> secret, List<String> signatureHeaders, Optional<String> prefix, Optional<String> idHeader,
    Optional<String> timeField, Optional<Duration> maxAge, Optional<Integer> maxBodyKib) {

  /** What holds where nobody says otherwise: the signature of GitHub, Jira and many others. */
  public static final WebhookSection USUAL = new WebhookSection(Optional.empty(), List.of("X-Hub-Signature-256", "X-Hub-Signature"),
      Optional.of("sha256="), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(1024));

  private static final Set<String> KEYS = Set.of("secret", "signature_headers", "prefix", "id_header", "time_field", "max_age", "max_body_kib");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern PREFIX = Pattern.compile("[\\x21-\\x7e]{0,32}");
  private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,4}");

  /** Reads the section. */
  public static WebhookSection read(OptionReader options) {
    options.only(KEYS);
    List<String> headers = options.texts("signature_headers", "the name of a header");
    if (!headers.stream().allMatch(header -> HEADER.matcher(header).matches())) {
      options.wrong("signature_headers", "a list of header names such as X-Hub-Signature-256");
    }
    return new WebhookSection(
        text(options.text("secret", ConnectorYaml.VARIABLE, "a variable under auth.env_vars")), headers,
        options.find("prefix").map(prefix -> options.text("prefix", PREFIX, "up to 32 visible characters")),
        text(options.text("id_header", HEADER, "the name of a header")),
        text(options.text("time_field", FIELD, "the name of a field of the body")),
        options.duration("max_age"),
        text(options.text("max_body_kib", SIZE, "a whole number from 1 to 99999")).map(Integer::valueOf));
  }

  private static Optional<String> text(String text) {
    return Optional.of(text).filter(each -> !each.isEmpty());
  }

  /** These options where they are set, those of the other one elsewhere. */
  public WebhookSection over(WebhookSection other) {
    return new WebhookSection(secret.or(other::secret), signatureHeaders.isEmpty() ? other.signatureHeaders : signatureHeaders,
        prefix.or(other::prefix), idHeader.or(other::idHeader), timeField.or(other::timeField), maxAge.or(other::maxAge),
        maxBodyKib.or(other::maxBodyKib));
  }
}
