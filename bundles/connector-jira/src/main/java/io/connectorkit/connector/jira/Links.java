package io.connectorkit.connector.jira;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of links: people paste them with their tokens. */
final class Links {

  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s\\]|<>\"]+");
  private static final Pattern PASSWORD = Pattern.compile("(://)[^/?#@\\s]*:[^/?#@\\s]*@");
  private static final Pattern PARAMETER = Pattern.compile("(?<=[?&#;])([^=&#?;]+)=");
  private static final Pattern END = Pattern.compile("[&#]|$");
  private static final List<String> TELLING = List.of("token", "jwt", "secret", "password", "passwd", "signature", "credential", "apikey");
  private static final Set<String> WHOLE = Set.of("tok", "sig", "key", "pin", "auth", "code", "sdata");

  private Links() {}

  /** A text with the secrets in its links replaced. */
  static String redactedIn(String text) {
    return URL.matcher(text).replaceAll(found -> Matcher.quoteReplacement(redacted(found.group())));
  }

  /** A URL with the values of parameters that sound secret replaced, in query and fragment, and with a password. */
  static String redacted(String url) {
    String open = PASSWORD.matcher(url).replaceAll("$1REDACTED@");
    StringBuilder result = new StringBuilder();
    int done = 0;
    Matcher end = END.matcher(open);
    for (MatchResult parameter : (Iterable<MatchResult>) PARAMETER.matcher(open).results()::iterator) {
      if (parameter.start() >= done && secret(parameter.group(1)) && end.find(parameter.end())) {
        result.append(open, done, parameter.end()).append("REDACTED");
        done = end.start();
      }
    }
    return result.append(open, done, open.length()).toString();
  }

  private static boolean secret(String name) {
    String plain = decoded(name).toLowerCase(Locale.ROOT).replaceAll("[_.-]", "");
    return WHOLE.contains(plain) || TELLING.stream().anyMatch(plain::contains);
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
