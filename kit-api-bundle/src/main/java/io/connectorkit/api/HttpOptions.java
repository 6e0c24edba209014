package io.connectorkit.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How to speak to an HTTP source. Immutable; no part is null. {@code META-INF/connector.yaml} says the same under {@code http}.
 *
 * @param baseUrl what stands before each path; empty until it is set
 * @param auth the credentials, sent to the origin of the base URL only
 * @param headers sent with each request; {@code Accept: application/json} unless it is set here
 * @param interval least time between two requests of an instance; zero for none
 * @param retries how often a request that may be repeated is tried again; 0 for never
 * @param timeout longest wait for a connection, and for the headers of an answer
 * @param totalTimeout longest time for one answer with its body
 * @param longestPause longest pause that a source gets which asks for one; one that asks for more fails the request as transient
 * @param maxBytes largest answer that is read as JSON, unpacked
 * @param allowedHosts other hosts that pages and redirects may lead to, without credentials: names, or {@code *.example.com} for all below
 */
public record HttpOptions(
    String baseUrl,
    Auth auth,
    Map<String, String> headers,
    Duration interval,
    int retries,
    Duration timeout,
    Duration totalTimeout,
    Duration longestPause,
    long maxBytes,
    Set<String> allowedHosts) {

  /** What holds for everything that is not set. */
  public static final HttpOptions DEFAULT = new HttpOptions("", Auth.NONE, Map.of(), Duration.ZERO, 4, Duration.ofSeconds(60),
      Duration.ofMinutes(15), Duration.ofMinutes(2), 64L << 20, Set.of());

  /**
   * Credentials, and where in a request they stand.
   *
   * @param name of the header or parameter
   * @param value the secret as it is sent
   */
  public record Auth(Place place, String name, String value) {

    /** Where they stand. */
    public enum Place { NOWHERE, HEADER, QUERY }

    /** No credentials. */
    public static final Auth NONE = new Auth(Place.NOWHERE, "", "");

    /** Checks that nothing is null. */
    public Auth {
      Objects.requireNonNull(place);
      Objects.requireNonNull(name);
      Objects.requireNonNull(value);
    }

    /** A token in the header {@code Authorization: Bearer}. */
    public static Auth bearer(String token) {
      return new Auth(Place.HEADER, "Authorization", "Bearer " + token);
    }

    /** User and password in the header {@code Authorization: Basic}. */
    public static Auth basic(String user, String password) {
      String both = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
      return new Auth(Place.HEADER, "Authorization", "Basic " + both);
    }

    /** A header of the source's own. */
    public static Auth header(String name, String value) {
      return new Auth(Place.HEADER, name, value);
    }

    /** A parameter of the query. */
    public static Auth query(String name, String value) {
      return new Auth(Place.QUERY, name, value);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return place + " " + name;
    }
  }

  /** Copies the collections. */
  public HttpOptions {
    Objects.requireNonNull(baseUrl);
    Objects.requireNonNull(auth);
    headers = Map.copyOf(headers);
    allowedHosts = Set.copyOf(allowedHosts);
    if (retries < 0 || maxBytes < 1 || interval.isNegative() || longestPause.isNegative() || timeout.toMillis() < 1 || totalTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("retries, interval and longest pause are at least 0, timeouts and bytes more than that");
    }
  }

  /** Another base URL. */
  public HttpOptions baseUrl(String url) {
    return new HttpOptions(url, auth, headers, interval, retries, timeout, totalTimeout, longestPause, maxBytes, allowedHosts);
  }

  /** Other credentials. */
  public HttpOptions auth(Auth other) {
    return new HttpOptions(baseUrl, other, headers, interval, retries, timeout, totalTimeout, longestPause, maxBytes, allowedHosts);
  }

  /** One header more. */
  public HttpOptions header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpOptions(baseUrl, auth, more, interval, retries, timeout, totalTimeout, longestPause, maxBytes, allowedHosts);
  }

  /** At most so many requests in a time, spread evenly. */
  public HttpOptions rate(int requests, Duration time) {
    return new HttpOptions(baseUrl, auth, headers, time.dividedBy(requests), retries, timeout, totalTimeout, longestPause, maxBytes, allowedHosts);
  }

  /** Other retries. */
  public HttpOptions retries(int times) {
    return new HttpOptions(baseUrl, auth, headers, interval, times, timeout, totalTimeout, longestPause, maxBytes, allowedHosts);
  }

  /** Other limits in time: see the parts of those names. */
  public HttpOptions timeouts(Duration answer, Duration total, Duration pause) {
    return new HttpOptions(baseUrl, auth, headers, interval, retries, answer, total, pause, maxBytes, allowedHosts);
  }

  /** Another limit of size. */
  public HttpOptions maxBytes(long bytes) {
    return new HttpOptions(baseUrl, auth, headers, interval, retries, timeout, totalTimeout, longestPause, bytes, allowedHosts);
  }

  /** Other hosts that the source may lead to. */
  public HttpOptions allowedHosts(Set<String> hosts) {
    return new HttpOptions(baseUrl, auth, headers, interval, retries, timeout, totalTimeout, longestPause, maxBytes, hosts);
  }
}
