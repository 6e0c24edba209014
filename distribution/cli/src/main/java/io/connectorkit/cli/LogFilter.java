package io.connectorkit.cli;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Lets those entries of a log through that mention a name: with their stack traces, which do not. */
final class LogFilter implements Predicate<String> {

  private static final Pattern ENTRY = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");

  private final Pattern name;
  private boolean wanted;

  LogFilter(String name) {
    this.name = name == null ? null : Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])");
  }

  @Override
  public boolean test(String line) {
    if (name == null) {
      return true;
    }
    if (ENTRY.matcher(line).matches()) {
      wanted = name.matcher(line).find();
    }
    return wanted;
  }
}
