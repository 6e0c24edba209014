package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An answer with a list of records in it.
 *
 * @param records path of the list; empty if the answer is the list
 * @param record what one of them is
 * @param beside single values beside the list, by path
 * @param others paths of lists that were not taken
 */
record Answer(String records, Shape record, Map<String, Shape> beside, List<String> others) {

  private static final int DEEPEST = 3;
  /** What sources call the list; without signs and case. */
  private static final List<String> USUAL = List.of("data", "items", "results", "records", "values", "entries", "content", "value", "rows", "list", "elements");

  /** Looks for the list; empty if there is none, or nothing is known of its records. */
  static Optional<Answer> find(Schema<?> schema, Schemas schemas, String table) {
    Map<String, Shape> lists = new LinkedHashMap<>();
    Map<String, Shape> beside = new LinkedHashMap<>();
    look("", schemas.shape(schema, Set.of()), schemas, lists, beside, 0);
    return lists.keySet().stream().min((a, b) -> Integer.compare(rank(a, table), rank(b, table)))
        .map(path -> new Answer(path, lists.get(path), beside, lists.keySet().stream().filter(each -> !each.equals(path)).toList()));
  }

  private static void look(String path, Shape shape, Schemas schemas, Map<String, Shape> lists, Map<String, Shape> beside, int depth) {
    if (shape.list()) {
      Shape record = schemas.shape(shape.items(), shape.way());
      if (record.record()) {
        lists.put(path, record);
      }
    } else if (shape.record() && depth < DEEPEST) {
      shape.properties().forEach((name, property) -> {
        if (Text.printable(name)) {
          look(path.isEmpty() ? name : path + "." + name, schemas.shape(property, shape.way()), schemas, lists, beside, depth + 1);
        }
      });
    } else if (!path.isEmpty()) {
      beside.put(path, shape);
    }
  }

  private static int rank(String path, String table) {
    String name = Text.bare(path.substring(path.lastIndexOf('.') + 1));
    int usual = USUAL.indexOf(name);
    return name.equals(Text.bare(table)) ? -1 : path.isEmpty() ? -2 : usual >= 0 ? usual : USUAL.size();
  }
}
