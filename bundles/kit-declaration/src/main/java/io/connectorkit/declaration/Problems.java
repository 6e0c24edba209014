package io.connectorkit.declaration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is wrong with one file, all of it: each problem is one line with code, file, line, value, rule and remedy. */
public final class Problems {

  private static final int MOST = 25;
  private static final int LONGEST = 60;

  private record Problem(int line, String text) {}

  private final String where;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * None yet.
   *
   * @param where the file, for messages
   */
  public Problems(String where) {
    this.where = where;
  }

  /**
   * Adds one.
   *
   * @param line from 1 on; 0 if it is about the file as a whole
   */
  public void add(String code, int line, String text) {
    problems.add(new Problem(line, code + " " + where + (line > 0 ? ", line " + line : "") + ": " + text));
  }

  /** All of them in the order of the file; of very many the first ones. */
  public List<String> lines() {
    List<String> lines = problems.stream().sorted(Comparator.comparingInt(Problem::line)).map(Problem::text).distinct().toList();
    return lines.size() <= MOST ? lines
        : Stream.concat(lines.stream().limit(MOST), Stream.of("and " + (lines.size() - MOST) + " more in " + where)).toList();
  }

  /**
   * Ends the reading if anything is wrong.
   *
   * @throws DeclarationException with all problems
   */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new DeclarationException(lines());
    }
  }

  /** A text in quotes, fit for a message: short, and on one line. */
  public static String quoted(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return "'" + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + "'";
  }
}
