package io.connectorkit.runtime.internal.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class SchemaDiffTest {

  private static final ArrowType INT = new ArrowType.Int(32, true);
  private static final ArrowType TEXT = ArrowType.Utf8.INSTANCE;

  private static List<String> diff(Schema before, Schema after) {
    return SchemaDiff.of(before, List.of("id"), after, List.of("id")).stream().map(SchemaChange::toString).toList();
  }

  private static Schema schema(Field... fields) {
    return new Schema(List.of(fields));
  }

  private static Field struct(String name, Field... children) {
    return new Field(name, FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(children));
  }

  @Test
  void orderAndMetadataMeanNothing() { // F1
    Field described = new Field("b", new FieldType(true, TEXT, null, java.util.Map.of("description", "x")), null);
    assertEquals(List.of(), diff(schema(Field.nullable("a", INT), Field.nullable("b", TEXT)), schema(described, Field.nullable("a", INT))));
  }

  @Test
  void changesAreSortedByName() { // F2
    assertEquals(List.of("a: Int(32, true) -> Utf8", "removed b Utf8", "c: nullable -> not null", "added d Utf8"),
        diff(schema(Field.nullable("c", INT), Field.nullable("b", TEXT), Field.nullable("a", INT)),
            schema(Field.nullable("d", TEXT), Field.nullable("a", TEXT), Field.notNullable("c", INT))));
  }

  @Test
  void nestedFieldsAreComparedByPath() { // F3
    assertEquals(List.of("s.inner.x: Int(32, true) -> Utf8", "added s.y Utf8"),
        diff(schema(struct("s", struct("inner", Field.nullable("x", INT)))),
            schema(struct("s", struct("inner", Field.nullable("x", TEXT)), Field.nullable("y", TEXT)))));
  }

  @Test
  void aChangedKeyIsAChange() {
    Schema schema = schema(Field.nullable("id", INT), Field.nullable("no", INT));
    assertEquals("key: [id] -> [id, no]", SchemaDiff.of(schema, List.of("id"), schema, List.of("id", "no")).get(0).toString());
  }
}
