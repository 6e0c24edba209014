package io.connectorkit.runtime.internal.isolation;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Exceptions and texts of a connector's making, so that everybody else can pass them on, log them and show them: an exception's own methods
 * may fail, its causes may go in a circle, and its text may be anything.
 */
public final class Sayable {

  private static final int MAX = 500;
  private static final int CAUSES = 100;

  private Sayable() {}

  /** Stands for an exception that nobody can handle. */
  private static final class Unsayable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unsayable(String text) {
      super(text);
    }
  }

  /** Throws another exception in place of one that cannot be passed on; does nothing about all others. */
  static void require(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    try {
      for (Throwable e = failure; e != null; e = e.getCause()) {
        // Asked as whoever logs it will do.
        String.valueOf(e);
        e.getStackTrace();
        if (!seen.add(e) || seen.size() > CAUSES) {
          throw new Unsayable(text(failure));
        }
      }
    } catch (Unsayable e) {
      throw e;
    } catch (Throwable e) {
      throw new Unsayable(text(failure));
    }
  }

  /** Class and message, or the class alone if the message cannot be had. */
  public static String text(Throwable failure) {
    try {
      return String.valueOf(failure);
    } catch (Throwable e) {
      return failure.getClass().getName() + " (it cannot tell what it is about)";
    }
  }

  /** One line that does nothing to a terminal, of bounded length. */
  public static String line(String text) {
    String line = text.replaceAll("\\s*(\\R|\\t)\\s*", " ").replaceAll("\\p{Cc}", "?");
    return line.length() > MAX ? line.substring(0, MAX) + "…" : line;
  }
}
