package io.connectorkit.connector.keboola;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.TableInfo;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;

/** The query that reads an export: DuckDB splits the files into text, and each value is converted exactly or is a bad one. */
record CsvQuery(ConnectorContext context, TableInfo table, List<String> names, Download download) {

  private static final long LEAST_LINE = 1 << 21;

  BatchSource.Query source() {
    boolean strict = !context.settings().find("bad_values").orElse("fail").equals("null");
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Field field = table.schema().findField(names.get(i));
      boolean fails = strict || !field.isNullable();
      String bad = !fails ? "NULL" : "error(" + message(field, "c" + i) + ")";
      columns.add(Conversion.sql("c" + i, field.getType(), bad) + " AS \"" + field.getName().replace("\"", "\"\"") + "\"");
    }
    if (!strict && download.rows() > 0) {
      warn();
    }
    return query("SELECT " + String.join(", ", columns));
  }

  private String message(Field field, String column) {
    String text = "table '" + table.sourceId() + "', column '" + field.getName() + "': ''";
    String rest = "' is no " + Conversion.duckDb(field.getType()) + ", which its metadata declares; correct that, set its type under tables, or set"
        + " bad_values: \"null\"";
    return literal(text.replace("''", "'")) + " || regexp_replace(left(" + column + ", 60), '\\s+', ' ', 'g') || " + literal(rest);
  }

  /** Values that are lost, by the operator's choice, are counted. */
  private void warn() {
    List<Field> typed = names.stream().map(table.schema()::findField).filter(field -> field.isNullable()
        && !Conversion.duckDb(field.getType()).equals("VARCHAR")).toList();
    if (typed.isEmpty()) {
      return;
    }
    String counts = typed.stream().map(field -> {
      String column = "c" + names.indexOf(field.getName());
      return "count(*) FILTER (" + column + " <> '' AND " + Conversion.sql(column, field.getType(), "NULL") + " IS NULL) AS " + column;
    }).collect(Collectors.joining(", "));
    Map<String, Object> lost = context.select(query("SELECT " + counts)).get(0);
    typed.forEach(field -> {
      Object count = lost.get("c" + names.indexOf(field.getName()));
      if (!count.equals(0L)) {
        context.log().log(Level.WARNING, "table ''{0}'', column ''{1}'': {2} values are no {3} and became null", table.sourceId(), field.getName(),
            count, Conversion.duckDb(field.getType()));
      }
    });
  }

  private BatchSource.Query query(String select) {
    IntStream all = IntStream.range(0, names.size());
    if (download.files().isEmpty()) {
      return BatchSource.query(select + " FROM (SELECT " + all.mapToObj(i -> "NULL::VARCHAR AS c" + i).collect(Collectors.joining(", "))
          + " WHERE false)");
    }
    long line = Math.max(LEAST_LINE, download.longest() + 1);
    return BatchSource.query(select + " FROM read_csv(?::VARCHAR[], auto_detect = false, header = false, strict_mode = true, ignore_errors = false,"
        + " null_padding = false, comment = '', hive_partitioning = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n',"
        + " nullstr = '', allow_quoted_nulls = false, max_line_size = " + line + ", columns = "
        + all.mapToObj(i -> "'c" + i + "': 'VARCHAR'").collect(Collectors.joining(", ", "{", "}")) + ")",
        // DuckDB takes every name for a pattern.
        download.files().stream().map(file -> file.toString().replaceAll("[*?\\[]", "[$0]")).toList());
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
