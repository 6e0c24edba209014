package io.connectorkit.gateway.internal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of records, as Jackson writes and reads them: each part is there, and no other. */
final class JsonSchema {

  private final Map<String, Object> records = new LinkedHashMap<>();

  /** The records that were referred to, by name. */
  Map<String, Object> records() {
    return records;
  }

  /** The schema of a type; a record is referred to. */
  Map<String, Object> of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      return generic.getRawType() == Map.class ? Map.of("type", "object", "additionalProperties", of(last)) : Map.of("type", "array", "items", of(last));
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return reference(plain);
    }
    if (plain.isEnum()) {
      return Map.of("type", "string", "enum", Arrays.stream(plain.getEnumConstants()).map(Object::toString).toList());
    }
    return plain == String.class ? Map.of("type", "string")
        : plain == boolean.class ? Map.of("type", "boolean")
        : plain == int.class || plain == long.class || plain == Integer.class || plain == Long.class ? Map.of("type", "integer")
        : plain == double.class || plain == Double.class ? Map.of("type", "number") : Map.of();
  }

  private Map<String, Object> reference(Class<?> type) {
    String name = type.getSimpleName();
    if (!records.containsKey(name)) {
      Map<String, Object> schema = new LinkedHashMap<>();
      // First: a record may hold others of its kind.
      records.put(name, schema);
      Map<String, Object> properties = new LinkedHashMap<>();
      List<String> required = new ArrayList<>();
      for (RecordComponent part : type.getRecordComponents()) {
        boolean optional = part.isAnnotationPresent(MayBeNull.class);
        properties.put(part.getName(), optional ? Map.of("anyOf", List.of(of(part.getGenericType()), Map.of("type", "null"))) : of(part.getGenericType()));
        if (!optional) {
          required.add(part.getName());
        }
      }
      schema.put("type", "object");
      schema.put("properties", properties);
      schema.put("required", required);
      schema.put("additionalProperties", false);
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }
}
