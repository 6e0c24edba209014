package io.connectorkit.itests.bench;

import java.util.Locale;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Kinds of rows to measure with: made much faster than they are encoded, and the same for every reader of the same length. */
public enum Shape {

  /** Eight columns of most kinds. */
  MIXED(MixedRows.SCHEMA, MixedRows::fill),
  /** What comes later into a table of mixed rows. */
  CHANGES(MixedRows.SCHEMA, MixedRows::fillChanges),
  /** A hundred columns of short values. */
  WIDE(NumberRows.WIDE, NumberRows::fill),
  /** Two numbers. */
  NARROW(NumberRows.NARROW, NumberRows::fill),
  /** Long texts, and texts of which no two are the same. */
  TEXTS(TextRows.SCHEMA, TextRows::fill),
  /** Lists of structs, structs and lists of texts. */
  NESTED(NestedRows.SCHEMA, NestedRows::fill);

  /** Puts rows into empty vectors. */
  interface Filler {

    void fill(VectorSchemaRoot root, long first, int count);
  }

  private final Schema schema;
  private final Filler filler;

  Shape(Schema schema, Filler filler) {
    this.schema = schema;
    this.filler = filler;
  }

  Schema schema() {
    return schema;
  }

  /** As settings and tables call it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  void fill(VectorSchemaRoot root, long first, int count) {
    filler.fill(root, first, count);
    root.setRowCount(count);
  }

  /** A number that looks like chance. */
  static long mixed(long number) {
    return number * 0x9E3779B97F4A7C15L >>> 16;
  }
}
