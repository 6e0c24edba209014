package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a schema says once references are followed, the parts of {@code allOf} are laid together, and null is taken out.
 *
 * @param types of JSON, without null; several where the document leaves it open
 * @param properties of an object; empty if it has none of its own
 * @param items of an array; null if nothing is said of them
 * @param way names of the schemas that led here, so that a circle is seen
 * @param problem why nothing more is known; empty if all is well
 */
record Shape(Set<String> types, String format, BigDecimal multipleOf, Map<String, Schema<?>> properties, Schema<?> items, List<?> values,
    String description, Set<String> way, String problem) {

  /** Whether it is of that type and no other. */
  boolean is(String type) {
    return problem.isEmpty() && types.equals(Set.of(type));
  }

  /** Whether it is an object whose properties are known. */
  boolean record() {
    return problem.isEmpty() && !properties.isEmpty() && (types.isEmpty() || is("object"));
  }

  /** Whether it is a list. */
  boolean list() {
    return is("array");
  }
}
