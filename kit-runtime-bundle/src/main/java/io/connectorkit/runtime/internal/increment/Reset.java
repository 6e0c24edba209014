package io.connectorkit.runtime.internal.increment;

import io.connectorkit.runtime.internal.store.TableState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** A table that somebody wants read from the start again. A line among those of its basis keeps that in mind until it has been read. */
public final class Reset {

  private static final String LINE = "reset=";

  private Reset() {}

  /** The state without its watermark. */
  public static TableState of(TableState state, Instant now) {
    String basis = String.join("\n", basis(state)) + "\n" + LINE + now.truncatedTo(ChronoUnit.SECONDS);
    return new TableState(state.strategy(), Optional.empty(), basis.strip(), state.refreshedAt());
  }

  /** When a state was reset; empty if it was not, or was read since. */
  public static Optional<Instant> at(TableState state) {
    return state.basis().lines().filter(line -> line.startsWith(LINE)).map(line -> Instant.parse(line.substring(LINE.length()))).findFirst();
  }

  /** The lines of the basis proper. */
  public static List<String> basis(TableState state) {
    return state.basis().lines().filter(line -> !line.startsWith(LINE)).toList();
  }
}
