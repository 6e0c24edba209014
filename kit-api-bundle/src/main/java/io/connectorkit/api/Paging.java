package io.connectorkit.api;

import java.util.Objects;

/**
 * How a source cuts its answers into pages. Immutable. Paths are keys of the answer's JSON with dots between them.
 *
 * <p>By offset and by number the pages end with one that has no records, or once {@code total} of them are there: a page that is shorter than
 * asked for says nothing, since sources lower sizes that are too large for them. A page or token that comes again is an error.
 *
 * <p>Parameters stand in the query; those of a POST that sends a JSON object stand in that object.
 */
public sealed interface Paging {

  /** One answer has everything. */
  record None() implements Paging {}

  /**
   * The answer holds a token for the next page.
   *
   * @param path of the token; absent, null or empty on the last page
   * @param param that sends it
   * @param more path of a boolean that is false on the last page, whatever the token; empty if there is none
   */
  record Token(String path, String param, String more) implements Paging {

    /** Checks that nothing is null. */
    public Token {
      Objects.requireNonNull(path);
      Objects.requireNonNull(param);
      Objects.requireNonNull(more);
    }

    /** The same for a source that says whether there is more. */
    public Token whileTrue(String flag) {
      return new Token(path, param, flag);
    }
  }

  /**
   * The request says how many records to leave out.
   *
   * @param param that says it
   * @param sizeParam says how many records a page shall have; empty if nothing does
   * @param size that number
   * @param total path of the number of all records; empty if there is none
   */
  record Offset(String param, String sizeParam, int size, String total) implements Paging {

    /** Checks the parts. */
    public Offset {
      Paging.check(param, sizeParam, size, total);
    }

    /** The same for a source that says how many records there are. */
    public Offset of(String path) {
      return new Offset(param, sizeParam, size, path);
    }
  }

  /**
   * The request names the page by its number.
   *
   * @param param that says it
   * @param first number of the first page
   * @param sizeParam as for {@link Offset}
   * @param size as for {@link Offset}
   * @param total as for {@link Offset}
   */
  record Number(String param, int first, String sizeParam, int size, String total) implements Paging {

    /** Checks the parts. */
    public Number {
      Paging.check(param, sizeParam, size, total);
    }

    /** The same for a source that counts from another number. */
    public Number from(int number) {
      return new Number(param, number, sizeParam, size, total);
    }

    /** The same for a source that says how many records there are. */
    public Number of(String path) {
      return new Number(param, first, sizeParam, size, path);
    }
  }

  /** The header {@code Link} names the next page with {@code rel="next"} (RFC 8288). */
  record Link() implements Paging {}

  /**
   * The answer holds the URL of the next page.
   *
   * @param path of the URL; absent, null or empty on the last page
   */
  record NextUrl(String path) implements Paging {

    /** Checks that nothing is null. */
    public NextUrl {
      Objects.requireNonNull(path);
    }
  }

  /** No pages. */
  static Paging none() {
    return new None();
  }

  /** A token that comes and goes under the same name. */
  static Token byToken(String name) {
    return new Token(name, name, "");
  }

  /** A token that lies at a path and is sent as a parameter. */
  static Token byToken(String path, String param) {
    return new Token(path, param, "");
  }

  /** Records to leave out, and size of a page. */
  static Offset byOffset(String param, String sizeParam, int size) {
    return new Offset(param, sizeParam, size, "");
  }

  /** Numbers from 1 on, and size of a page. */
  static Number byNumber(String param, String sizeParam, int size) {
    return new Number(param, 1, sizeParam, size, "");
  }

  /** A header {@code Link}. */
  static Paging byLink() {
    return new Link();
  }

  /** A URL that lies at a path. */
  static Paging byNextUrl(String path) {
    return new NextUrl(path);
  }

  private static void check(String param, String sizeParam, int size, String total) {
    Objects.requireNonNull(param);
    Objects.requireNonNull(sizeParam);
    Objects.requireNonNull(total);
    if (size < 1) {
      throw new IllegalArgumentException("a page has at least one record, not " + size);
    }
  }
}
