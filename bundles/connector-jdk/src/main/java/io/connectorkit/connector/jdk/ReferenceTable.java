package io.connectorkit.connector.jdk;

import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** A table over objects of the JDK: what its columns are stands beside where their values come from. */
final class ReferenceTable<T> {

  private final TableInfo info;
  private final Supplier<Stream<T>> objects;
  private final List<Function<? super T, ?>> values;

  private ReferenceTable(TableInfo info, Supplier<Stream<T>> objects, List<Function<? super T, ?>> values) {
    this.info = info;
    this.objects = objects;
    this.values = List.copyOf(values);
  }

  TableInfo info() {
    return info;
  }

  Stream<Object[]> rows() {
    return objects.get().map(object -> {
      Object[] row = new Object[values.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = values.get(i).apply(object);
      }
      return row;
    });
  }

  /** Begins a table; its objects come in the same order each time. */
  static <T> Builder<T> of(String name, String description, Supplier<Stream<T>> objects, String... key) {
    return new Builder<>(TableInfo.table(name).describedAs(description).key(key), objects);
  }

  static final class Builder<T> {
    private final TableInfo.Builder info;
    private final Supplier<Stream<T>> objects;
    private final List<Function<? super T, ?>> values = new ArrayList<>();

    private Builder(TableInfo.Builder info, Supplier<Stream<T>> objects) {
      this.info = info;
      this.objects = objects;
    }

    Builder<T> column(String name, ArrowType type, String description, Function<? super T, ?> value) {
      info.column(name, type, description);
      values.add(value);
      return this;
    }

    /** A column of lists of text. */
    Builder<T> texts(String name, String description, Function<? super T, List<String>> value) {
      Field item = Field.nullable(ListVector.DATA_VECTOR_NAME, Types.text());
      FieldType list = new FieldType(true, ArrowType.List.INSTANCE, null, Map.of(TableInfo.DESCRIPTION, description));
      info.column(new Field(name, list, List.of(item)));
      values.add(value);
      return this;
    }

    ReferenceTable<T> build() {
      return new ReferenceTable<>(info.build(), objects, values);
    }
  }
}
