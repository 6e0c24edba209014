package io.connectorkit.runtime.internal.stream;

import io.connectorkit.api.Event;
import io.connectorkit.declaration.WebhookSection;
import io.connectorkit.host.EventReceipt;
import io.connectorkit.host.EventReceipt.Outcome;
import io.connectorkit.host.KitException;
import io.connectorkit.http.JsonBody;
import io.connectorkit.runtime.internal.registry.Digests;
import io.connectorkit.runtime.internal.registry.Instance;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a webhook's request has to pass before it is stored. Nothing of the body is believed before its signature. */
final class Reception {

  private static final int MAX_ID = 200;
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
  /** What a connector has no use for, or must not see. */
  private static final Set<String> HIDDEN = Set.of("authorization", "cookie", "proxy-authorization");

  private final Instance instance;
  private final WebhookSection webhook;
  private final Clock clock;

  Reception(Instance instance, Clock clock) {
    this.instance = instance;
    this.webhook = webhook(instance);
    this.clock = clock;
  }

  /** How events of an instance are signed. */
  static WebhookSection webhook(Instance instance) {
    WebhookSection declared = instance.declaration().yaml().webhook();
    return instance.config().file().webhook().map(own -> own.over(declared)).orElse(declared);
  }

  /** Checks, and stores. */
  EventReceipt receive(Map<String, String> headers, byte[] body, Inbox inbox) {
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    Optional<String> key = key();
    if (key.isEmpty()) {
      return new EventReceipt(Outcome.LATER, "KIT-6020 " + instance.name() + " has no secret to check signatures with; set "
          + webhook.secret().orElse("webhook.secret") + " for the host");
    }
    if (body.length > webhook.maxBodyKib().orElseThrow() << 10) {
      return new EventReceipt(Outcome.TOO_LARGE, "KIT-6021 the body has more than the " + webhook.maxBodyKib().orElseThrow()
          + " KiB that webhook.max_body_kib allows");
    }
    if (!Signature.matches(webhook, key.get(), lower, body)) {
      return new EventReceipt(Outcome.UNSIGNED, "KIT-6022 the signature is missing or wrong; sign the raw body with HMAC-SHA256 and send it as "
          + String.join(" or ", webhook.signatureHeaders()));
    }
    Instant now = clock.instant();
    try {
      Optional<String> time = JsonBody.field(body, webhook.timeField().orElse(""));
      Optional<EventReceipt> stale = stale(time, now);
      if (stale.isPresent()) {
        return stale.get();
      }
    } catch (IOException e) {
      return new EventReceipt(Outcome.REFUSED, "KIT-6023 the body is no JSON: it " + reason(e));
    }
    return store(lower, body, now, inbox);
  }

  private static String reason(IOException e) {
    return e instanceof CharacterCodingException ? "is not UTF-8" : e.getMessage();
  }

  private Optional<String> key() {
    try {
      return webhook.secret().flatMap(instance::secret);
    } catch (KitException | IllegalArgumentException e) {
      // Its file cannot be read, or the operator names a variable that the connector does not declare.
      return Optional.empty();
    }
  }

  private Optional<EventReceipt> stale(Optional<String> time, Instant now) {
    if (webhook.timeField().isEmpty() || webhook.maxAge().isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> sent = time.flatMap(Reception::instant);
    if (sent.isPresent() && !sent.get().isBefore(now.minus(webhook.maxAge().get())) && !sent.get().isAfter(now.plus(CLOCKS_DIFFER))) {
      return Optional.empty();
    }
    return Optional.of(new EventReceipt(Outcome.REFUSED, "KIT-6024 the event is not of the last " + webhook.maxAge().get().toSeconds()
        + " s by its field '" + webhook.timeField().get() + "'; send it when it happens, or raise webhook.max_age"));
  }

  /** Seconds or milliseconds since 1970, or ISO 8601. */
  private static Optional<Instant> instant(String text) {
    try {
      if (text.chars().allMatch(Character::isDigit)) {
        long number = Long.parseLong(text);
        return Optional.of(number < 100_000_000_000L ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number));
      }
      return Optional.of(Instant.parse(text));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private EventReceipt store(Map<String, String> headers, byte[] body, Instant now, Inbox inbox) {
    Optional<String> named = webhook.idHeader().map(name -> headers.get(name.toLowerCase(Locale.ROOT)));
    String id = named.filter(each -> !each.isBlank() && each.length() <= MAX_ID).orElseGet(() -> Digests.sha256(body));
    if (inbox.full()) {
      return new EventReceipt(Outcome.LATER, "KIT-6025 the inbox of " + instance.name() + " is full: " + inbox.waiting() + " events wait");
    }
    headers.keySet().removeAll(HIDDEN);
    webhook.signatureHeaders().forEach(header -> headers.remove(header.toLowerCase(Locale.ROOT)));
    try {
      boolean taken = inbox.take(new Event(id, now, headers, body));
      return new EventReceipt(taken ? Outcome.STORED : Outcome.KNOWN, taken ? "stored" : "known already");
    } catch (IOException e) {
      return new EventReceipt(Outcome.LATER, "KIT-4021 the event cannot be stored: " + e.getMessage() + "; check the disk of data/inbox");
    }
  }
}
