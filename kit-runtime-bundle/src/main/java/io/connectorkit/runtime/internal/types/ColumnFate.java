package io.connectorkit.runtime.internal.types;

import io.connectorkit.host.KitException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * What becomes of one delivered column, nested ones included.
 *
 * @param plain the delivered column with its encoding taken away
 * @param stored the column as it is stored
 * @param cast from one to the other; {@link VectorCast#NONE} if it is stored as delivered
 */
record ColumnFate(Field plain, Field stored, VectorCast cast) {

  boolean exact() {
    return cast == VectorCast.NONE;
  }

  /**
   * Decides it.
   *
   * @param dictionaries of the reader; null for a schema alone, whose dictionary-encoded columns are then taken for plain ones
   * @throws KitException KIT-3004 naming table, column, type and remedy
   */
  static ColumnFate of(String table, String path, Field field, DictionaryProvider dictionaries) {
    String remedy = Stream.of(TypeTable.remedyForExtension(ColumnNotes.extension(field)), TypeTable.remedy(field))
        .filter(text -> text != null).findFirst().orElse(null);
    if (remedy != null) {
      throw refused(table, path, field, remedy);
    }
    if (field.getDictionary() != null && dictionaries != null) {
      return dictionary(table, path, field, dictionaries);
    }
    if (field.getType() instanceof ArrowType.RunEndEncoded) {
      ColumnFate values = of(table, path + ".values", renamed(field, field.getChildren().get(1)), dictionaries);
      return expanded(table, path, field, values, Expansion.runs(values.plain(), values.cast()));
    }
    TypeTable.Recast recast = TypeTable.recast(field.getType());
    if (recast != null) {
      FieldType type = ColumnNotes.noted(field.isNullable(), recast.stored(), field, recast.words(), recast.metadata());
      return new ColumnFate(field, new Field(field.getName(), type, recast.children()), recast.cast());
    }
    return nested(table, path, field, dictionaries);
  }

  private static ColumnFate nested(String table, String path, Field field, DictionaryProvider dictionaries) {
    List<ColumnFate> children = field.getChildren().stream().map(child -> of(table, path + "." + child.getName(), child, dictionaries)).toList();
    if (children.stream().allMatch(ColumnFate::exact)) {
      return new ColumnFate(field, field, VectorCast.NONE);
    }
    Field plain = new Field(field.getName(), field.getFieldType(), children.stream().map(ColumnFate::plain).toList());
    Field stored = new Field(field.getName(), field.getFieldType(), children.stream().map(ColumnFate::stored).toList());
    return new ColumnFate(plain, stored, Casts.nested(children.stream().map(ColumnFate::cast).toList()));
  }

  private static ColumnFate dictionary(String table, String path, Field field, DictionaryProvider dictionaries) {
    DictionaryEncoding encoding = field.getDictionary();
    Dictionary dictionary = dictionaries.lookup(encoding.getId());
    if (dictionary == null) {
      throw refused(table, path, field, "the dictionary " + encoding.getId() + " with it");
    }
    ColumnFate values = of(table, path, renamed(field, dictionary.getVector().getField()), dictionaries);
    return expanded(table, path, field, values, Expansion.dictionary(dictionaries, encoding, values.plain(), values.cast()));
  }

  private static ColumnFate expanded(String table, String path, Field field, ColumnFate values, VectorCast cast) {
    Field plain = values.plain();
    if (!plain.getChildren().isEmpty() || plain.getType() instanceof ArrowType.Null) {
      throw refused(table, path, field, "its values without the encoding");
    }
    String encoding = field.getDictionary() == null ? "run-end-encoded" : "dictionary-encoded";
    String words = values.exact() ? "plain values" : ColumnNotes.cast(values.stored());
    Map<String, String> delivered = Map.of(ColumnNotes.DELIVERED, encoding + " " + plain.getType());
    FieldType type = ColumnNotes.noted(field.isNullable(), values.stored().getType(), values.stored(), words, delivered);
    return new ColumnFate(plain, new Field(field.getName(), type, values.stored().getChildren()), cast);
  }

  private static Field renamed(Field encoded, Field values) {
    boolean nullable = encoded.isNullable() || values.isNullable();
    return new Field(encoded.getName(), new FieldType(nullable, values.getType(), null, encoded.getMetadata()), values.getChildren());
  }

  private static KitException refused(String table, String path, Field field, String remedy) {
    return new KitException("KIT-3004", "table '" + table + "', column '" + path + "': type " + field.getType()
        + " cannot be stored so that every DuckDB client from 1.1 on reads it without loss; deliver " + remedy);
  }
}
