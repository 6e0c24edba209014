package io.connectorkit.deployer.internal.gate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in words which versions a filter lets through. */
public final class Ranges {

  private static final Pattern BOUND = Pattern.compile("\\(version([<>]=?)([^)]+)\\)");

  private Ranges() {}

  /** Such as {@code >= 2.0.0 and < 3.0.0}; empty if the filter says nothing of versions. */
  public static String words(String filter) {
    Matcher bounds = BOUND.matcher(filter.replace("(!(version>=", "(version<").replace("(!(version<=", "(version>"));
    StringBuilder words = new StringBuilder();
    while (bounds.find()) {
      words.append(words.isEmpty() ? "" : " and ").append(bounds.group(1)).append(' ').append(bounds.group(2));
    }
    return words.toString();
  }
}
