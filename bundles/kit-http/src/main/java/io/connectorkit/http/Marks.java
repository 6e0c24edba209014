package io.connectorkit.http;

/** Notices that something comes again, at once or in a circle of any length, and remembers two of them only (Brent's algorithm). */
final class Marks {

  private Object last;
  private Object kept;
  private long steps;
  private long limit = 1;

  /** Whether this one was there before; a circle is noticed within three times its length. */
  boolean seen(Object mark) {
    boolean again = mark.equals(last) || mark.equals(kept);
    last = mark;
    if (++steps == limit) {
      kept = mark;
      steps = 0;
      limit *= 2;
    }
    return again;
  }
}
