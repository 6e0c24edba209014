package io.connectorkit.http;

import io.connectorkit.api.HttpOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Takes secrets out of texts: as they are, as they stand in a query, and as they were sent. */
final class Hidden {

  private static final int SHORTEST = 4;

  private final List<String> secrets = new ArrayList<>();

  Hidden(Collection<String> known, HttpOptions.Auth auth) {
    known.forEach(this::add);
    add(auth.value());
    add(auth.value().replaceFirst("^\\S+ ", ""));
    // A secret that holds another one has to go first.
    secrets.sort(Comparator.comparingInt(String::length).reversed());
  }

  private void add(String secret) {
    if (secret.length() >= SHORTEST) {
      secrets.add(secret);
      secrets.add(Text.encoded(secret));
      secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }
  }

  String in(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return clean;
  }
}
