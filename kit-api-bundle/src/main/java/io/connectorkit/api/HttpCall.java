package io.connectorkit.api;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A request that is being put together, and sent by one of the last methods. Immutable: each method answers a new one.
 *
 * <p>JSON becomes {@link Map}s in the order of the source, {@link List}s, {@link String}s, {@link Boolean}s, null, and exact numbers:
 * {@link Long}, {@link java.math.BigInteger} or {@link java.math.BigDecimal}.
 */
@ProviderType
public interface HttpCall {

  /**
   * Adds a parameter to the query.
   *
   * @param value its text is sent: a {@link Watermark} as {@link Watermark#text()}, a collection as one parameter for each element; null and
   *     an empty {@link java.util.Optional} leave the parameter out
   */
  HttpCall param(String name, Object value);

  /** Sets a header, in place of one of that name among the options; not one of the credentials. */
  HttpCall header(String name, String value);

  /** Says that a POST changes nothing at the source, such as a search: it may be tried again like a GET. */
  HttpCall repeatable();

  /** Says how to get from one page to the next. */
  HttpCall paged(Paging paging);

  /**
   * The records of all pages as the rows of a table: fields go to columns by name, as with {@link BatchSource#pages}.
   *
   * @param path where in the answer the list of records lies, keys with dots between them; empty if the answer is that list. With {@code ?} at
   *     its end an answer without that key has no records: for sources that leave empty lists out
   * @throws ConnectorException from the rows: also if there is no such path, which is not the same as an empty list there
   */
  BatchSource records(ReadRequest request, String path);

  /** The same, with each record changed on its way, such as to take fields out of a nested one. */
  BatchSource records(ReadRequest request, String path, Function<Map<String, Object>, ? extends Map<String, ?>> change);

  /**
   * The same as lists, one for each page, asked for lazily; without paging one answer comes in several lists, so that it may be large.
   * The iterator is for one thread at a time and need not be used up.
   */
  Iterator<List<Map<String, Object>>> pages(String path);

  /** The whole answer as JSON; null for an empty one. */
  Object json();

  /** The same for what may be gone: empty if the source says 404 or 410, nothing there. */
  Optional<Object> find();

  /**
   * The answer as JSON once something is done at the source: until then it is asked for again, soon at first and then every ten seconds.
   *
   * @param done gets each answer
   * @param longest wait in all; then it is a transient failure
   */
  Object awaitJson(Predicate<Object> done, Duration longest);

  /**
   * Hands the answer as it is to somebody, for downloads. If it breaks off, the request is tried again like any other, and the reader begins
   * anew: an {@code IOException} out of it counts as such a break.
   *
   * @return what the reader makes of it
   */
  <T> T read(BodyReader<T> reader);

  /** What is made of an answer. */
  @FunctionalInterface
  interface BodyReader<T> {

    /** Reads to the end; called once for each try. */
    T read(InputStream body) throws IOException;
  }

  /**
   * The answer as it is, for downloads; closed by the caller, and by the host when the call ends. A break in it is an {@code IOException}.
   */
  InputStream stream();
}
