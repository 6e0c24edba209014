package io.connectorkit.api.internal;

import java.util.Set;

/** Words that DuckDB's parser keeps for itself, so that they cannot stand before a table's name without quotes. */
public final class Keywords {

  /** DuckDB's categories {@code reserved} and {@code type_function}; a test of the runtime compares them with what DuckDB says. */
  private static final Set<String> ALL = Set.of("""
      all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc
      describe distinct do else end except false fetch for foreign from group having in initially intersect into lambda lateral leading limit
      not null offset on only or order pivot pivot_longer pivot_wider placing primary qualify references returning select show some summarize
      symmetric table then to trailing true union unique unpivot using variadic when where window with
      anti asof at authorization binary by collation columns concurrently cross freeze full generated glob ilike inner is isnull join left
      like map natural notnull outer overlaps positional right semi similar struct tablesample try_cast tuple unpack verbose
      """.strip().split("\\s+"));

  private Keywords() {}

  /** Whether a word in lower case is one of them. */
  public static boolean contains(String word) {
    return ALL.contains(word);
  }
}
