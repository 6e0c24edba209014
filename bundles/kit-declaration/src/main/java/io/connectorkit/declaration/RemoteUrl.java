package io.connectorkit.declaration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What DuckDB's ATTACH is given, taken apart.
 *
 * @param places hosts, as {@code host} or {@code host:port}, or files that it leads to
 * @param problem what is wrong with it; empty if nothing is
 */
public record RemoteUrl(List<String> places, String problem) {

  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");
  private static final Pattern SECRET =
      Pattern.compile(".*(token|passw|pwd|secret|credential|signature|api_?key|private_?key|access_?key|jwt).*|key|sig|pin|auth");
  /** Words that lead nowhere else than to a part of the source. Whatever else is given a value may lead anywhere. */
  private static final Set<String> PARTS =
      Set.of("project", "billing_project", "dataset", "catalog", "database", "schema", "warehouse", "role", "user");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Takes it apart; for the extension {@code duckdb} it is the path of a file. */
  public static RemoteUrl of(String extension, String url) {
    if (extension.equals(AttachmentForm.DUCKDB)) {
      return new RemoteUrl(List.of(url), "");
    }
    return URL.matcher(url).lookingAt() ? ofUri(url) : ofWords(url);
  }

  private static RemoteUrl ofUri(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getHost() == null) {
        return wrong("has no host");
      }
      if (uri.getRawUserInfo() != null) {
        return wrong("holds credentials before its host");
      }
      if (!"https".equalsIgnoreCase(uri.getScheme()) && !("http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(uri.getHost()))) {
        return wrong("must begin with https://");
      }
      String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
      if (Stream.of(query.split("[&;]")).map(pair -> pair.split("=", 2)[0]).anyMatch(RemoteUrl::secret)) {
        return wrong("holds a parameter for a secret");
      }
      return new RemoteUrl(List.of(place(uri)), "");
    } catch (URISyntaxException e) {
      return wrong("is none");
    }
  }

  private static String place(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT) + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /** Words such as {@code project=acme dataset=shop}. */
  private static RemoteUrl ofWords(String url) {
    List<String> places = new ArrayList<>();
    for (String word : url.strip().split("[\\s,;&]+")) {
      String[] pair = word.split("=", 2);
      if (pair.length == 2 && secret(pair[0])) {
        return wrong("holds a parameter for a secret");
      }
      String value = pair[pair.length - 1];
      if (value.contains("://")) {
        RemoteUrl uri = ofUri(value);
        if (!uri.problem().isEmpty()) {
          return uri;
        }
        places.addAll(uri.places());
      } else if (pair.length == 1 ? !word.isEmpty() : !PARTS.contains(pair[0].toLowerCase(Locale.ROOT))) {
        places.add(value);
      }
    }
    return new RemoteUrl(places, "");
  }

  private static boolean secret(String name) {
    return SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  private static RemoteUrl wrong(String problem) {
    return new RemoteUrl(List.of(), problem);
  }

  /** What a setting names: itself, and the host if it is a URL. */
  public static Stream<String> named(String setting) {
    try {
      URI uri = new URI(setting);
      return uri.getHost() == null ? Stream.of(setting) : Stream.of(setting, place(uri));
    } catch (URISyntaxException e) {
      return Stream.of(setting);
    }
  }

  /** A place without its port. */
  public static String withoutPort(String place) {
    return place.replaceFirst(":\\d+$", "");
  }
}
