package io.connectorkit.runtime.internal.types;

import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Encoded values written out. DuckDB could do that, but trusts what it is given: a number outside the dictionary, or a dictionary that the
 * connector fills again while DuckDB still reads it, would end the JVM.
 */
final class Expansion {

  private Expansion() {}

  /** Dictionary-encoded values; the dictionary may change from batch to batch. */
  static VectorCast dictionary(DictionaryProvider dictionaries, DictionaryEncoding encoding, Field plain, VectorCast cast) {
    return (from, to) -> plain(from, to, plain, cast, target -> {
      Dictionary dictionary = dictionaries.lookup(encoding.getId());
      int size = dictionary.getVector().getValueCount();
      BaseIntVector numbers = (BaseIntVector) from;
      for (int row = 0; row < from.getValueCount(); row++) {
        if (!from.isNull(row)) {
          long number = numbers.getValueAsLong(row);
          if (number < 0 || number >= size) {
            throw new IllegalStateException("column '" + plain.getName() + "' has value number " + number + " of a dictionary of " + size);
          }
          target.copyFromSafe((int) number, row, dictionary.getVector());
        }
      }
    });
  }

  /** Run-end-encoded values. */
  static VectorCast runs(Field plain, VectorCast cast) {
    return (from, to) -> plain(from, to, plain, cast, target -> {
      RunEndEncodedVector encoded = (RunEndEncodedVector) from;
      BaseIntVector ends = (BaseIntVector) encoded.getRunEndsVector();
      FieldVector values = encoded.getValuesVector();
      int run = 0;
      for (int row = 0; row < from.getValueCount(); row++) {
        while (run < ends.getValueCount() && ends.getValueAsLong(run) <= row) {
          run++;
        }
        if (run == ends.getValueCount() || run >= values.getValueCount()) {
          throw new IllegalStateException("column '" + plain.getName() + "' has runs for " + row + " of " + from.getValueCount() + " rows");
        }
        target.copyFromSafe(run, row, values);
      }
    });
  }

  /** Sets the values that are not null. */
  @FunctionalInterface
  private interface Writer {
    void write(FieldVector target);
  }

  private static void plain(FieldVector from, FieldVector to, Field plain, VectorCast cast, Writer writer) {
    if (cast == VectorCast.NONE) {
      fill(from, to, writer);
      return;
    }
    try (FieldVector values = plain.createVector(from.getAllocator())) {
      fill(from, values, writer);
      cast.move(values, to);
    }
  }

  private static void fill(FieldVector from, FieldVector target, Writer writer) {
    target.setInitialCapacity(from.getValueCount());
    target.allocateNew();
    writer.write(target);
    target.setValueCount(from.getValueCount());
  }
}
