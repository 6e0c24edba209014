package io.connectorkit.gateway.internal;

import io.connectorkit.host.KitException;
import java.util.Map;

/**
 * An error as RFC 9457 has it.
 *
 * @param type names the kind of error for machines
 * @param title in a word
 * @param status of the answer
 * @param detail one line: code, what, where, value, rule, remedy
 * @param code stable, {@code KIT-} and four digits
 */
record Problem(String type, String title, int status, String detail, String code) {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final Map<String, Integer> STATUS = Map.ofEntries(
      Map.entry("KIT-6002", 401), Map.entry("KIT-6008", 403), Map.entry("KIT-6004", 404), Map.entry("KIT-6013", 405),
      Map.entry("KIT-6014", 413), Map.entry("KIT-6009", 429), Map.entry("KIT-6003", 400), Map.entry("KIT-6010", 409), Map.entry("KIT-6011", 500),
      Map.entry("KIT-6015", 416), Map.entry("KIT-3001", 409), Map.entry("KIT-3002", 409), Map.entry("KIT-3028", 409), Map.entry("KIT-4017", 404),
      Map.entry("KIT-5001", 409), Map.entry("KIT-5004", 413), Map.entry("KIT-5005", 408));

  /** What the answer's status is for a failure: what the caller can do otherwise is a 4xx. */
  static int status(KitException failure) {
    return STATUS.getOrDefault(failure.code(), failure.code().startsWith("KIT-9") ? 500 : 422);
  }

  static Problem of(KitException failure) {
    return of(status(failure), failure.code(), failure.getMessage());
  }

  static Problem of(int status, String code, String detail) {
    return new Problem("urn:connectorkit:error:" + code, title(status), status, detail, code);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 408 -> "Took too long";
      case 409 -> "Conflict";
      case 413 -> "Too large";
      case 416 -> "Range not satisfiable";
      case 422 -> "Refused";
      case 429 -> "Too many requests";
      default -> "Internal error";
    };
  }
}
