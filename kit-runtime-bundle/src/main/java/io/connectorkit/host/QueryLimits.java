package io.connectorkit.host;

import java.time.Duration;

/**
 * What a query may take.
 *
 * @param rows most rows of its result; 0 for no limit
 * @param time after which it is ended; null for no limit
 * @param memory DuckDB memory, as DuckDB writes sizes; null for that of the host
 */
public record QueryLimits(long rows, Duration time, String memory) {

  /** As much as the host has. */
  public static final QueryLimits NONE = new QueryLimits(0, null, null);
}
