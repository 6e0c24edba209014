package io.connectorkit.contract;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/** Everything that a connector says: to its log, and in what it throws. Safe for use from any thread. */
final class Heard implements Logger {

  private static final int MOST = 10_000;
  private static final int DEEPEST = 20;

  private final List<String> lines = new ArrayList<>();

  private synchronized void add(String line) {
    if (lines.size() < MOST) {
      lines.add(line);
    }
  }

  /** An exception with all its causes. */
  void failure(Throwable failure) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < DEEPEST; depth++, each = each.getCause()) {
      add("error " + Words.quoted(each.getClass().getSimpleName()) + ": " + each.getMessage());
    }
  }

  /** A place where a text stands; it is not quoted, since it must not be told. */
  synchronized Optional<String> placeOf(String text) {
    return lines.stream().filter(line -> line.contains(text)).findFirst().map(line -> line.startsWith("error ") ? "an error" : "the log");
  }

  @Override
  public String getName() {
    return "contract";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
    add("log " + message);
    if (thrown != null) {
      failure(thrown);
    }
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
    // Unformatted: a placeholder that is wrong must not make the connector fail.
    add("log " + format + (parameters == null ? "" : " " + Arrays.asList(parameters)));
    Stream.of(parameters == null ? new Object[0] : parameters).filter(Throwable.class::isInstance).forEach(each -> failure((Throwable) each));
  }
}
