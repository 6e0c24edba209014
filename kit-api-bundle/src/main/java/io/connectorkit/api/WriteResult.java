package io.connectorkit.api;

import java.util.List;

/**
 * What became of a batch: all rows are taken but those that the source refused. Immutable.
 *
 * @param refused each row at most once, in any order; empty if all were taken; not null
 */
public record WriteResult(List<Refused> refused) {

  private static final WriteResult TAKEN = new WriteResult(List.of());

  /** Copies the list. */
  public WriteResult {
    refused = List.copyOf(refused);
  }

  /**
   * A row that the source does not take; the others are not touched by that.
   *
   * @param row its index in the batch, from 0 on
   * @param reason in the source's words, shown to people: one line, no secret in it; not null
   */
  public record Refused(int row, String reason) {}

  /** All rows were taken. */
  public static WriteResult taken() {
    return TAKEN;
  }

  /** All rows were taken but these. */
  public static WriteResult refusing(List<Refused> rows) {
    return new WriteResult(rows);
  }
}
