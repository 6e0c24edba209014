package io.connectorkit.http;

import io.connectorkit.api.HttpOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Takes secrets out of texts: as they are, as they stand in a query or in JSON, in Base64 behind anything, and as they were sent. */
public final class Hidden {

  private static final int SHORTEST = 4;
  /** Of shorter ones, or of what is left of them in Base64, other texts may consist too. */
  private static final int SHORTEST_ENCODED = 8;

  private final TreeSet<String> secrets =
      // A secret that holds another one has to go first.
      new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

  /** These secrets. */
  public Hidden(Collection<String> known) {
    known.stream().filter(secret -> secret.length() >= SHORTEST).flatMap(Hidden::spellings).forEach(secrets::add);
  }

  Hidden(Collection<String> known, HttpOptions.Auth auth) {
    this(Stream.concat(known.stream(), Stream.of(auth.value(), auth.value().replaceFirst("^\\S+ ", ""))).toList());
  }

  private static Stream<String> spellings(String secret) {
    List<String> plain = List.of(secret, Text.encoded(secret), URLEncoder.encode(secret, StandardCharsets.UTF_8),
        escaped(secret), escaped(escaped(secret)));
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    return bytes.length < SHORTEST_ENCODED ? plain.stream() : Stream.concat(plain.stream(), IntStream.range(0, 3).boxed()
        .flatMap(before -> Stream.of(Base64.getEncoder(), Base64.getUrlEncoder()).map(encoder -> encoded(bytes, before, encoder))));
  }

  /** In JSON; twice where the answer of one source stands in that of another. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** The letters that depend on the secret alone, when it comes so many bytes behind a multiple of three. */
  private static String encoded(byte[] secret, int before, Base64.Encoder encoder) {
    byte[] bytes = new byte[before + secret.length];
    System.arraycopy(secret, 0, bytes, before, secret.length);
    return encoder.withoutPadding().encodeToString(bytes).substring((before * 8 + 5) / 6, bytes.length * 8 / 6);
  }

  /** A text without them. */
  public String in(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return clean;
  }
}
