package io.connectorkit.connector.files;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.TableInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Comma- and tab-separated values. DuckDB only splits them into text; the types are told here, from the first rows, so that a value stays
 * text whenever a type would change it.
 */
final class CsvReader implements FileReader {

  /** How many rows of a file the types are told from. */
  static final int SAMPLE = 100_000;

  private final String usualDelimiter;

  CsvReader(String usualDelimiter) {
    this.usualDelimiter = usualDelimiter;
  }

  @Override
  public Schema schema(ConnectorContext context, Source source) {
    CsvHeader header = header(source);
    List<String> names = header.names(source.options().header());
    try {
      for (Path file : source.files()) {
        requireRows(context, source, ofFile(source, file), file);
      }
      Schema schema = context.describe(select(source, header, names, types(context, source, header, names)));
      return new Schema(IntStream.range(0, names.size()).mapToObj(i -> field(schema.getFields().get(i), header.cells().get(i), source))
          .toList());
    } catch (ConnectorException e) {
      throw source.failure(Problems.oneLine(e), e);
    }
  }

  /** Tells people where a name comes from that the file does not have. */
  private static Field field(Field field, String cell, Source source) {
    if (field.getName().equals(cell) || !source.options().header()) {
      return field;
    }
    Map<String, String> metadata = Map.of(TableInfo.DESCRIPTION, "Named '" + cell + "' in the file");
    return new Field(field.getName(), new FieldType(field.isNullable(), field.getType(), null, metadata), field.getChildren());
  }

  @Override
  public BatchSource read(ReadRequest request, Source source) {
    CsvHeader header = header(source);
    List<String> names = header.names(source.options().header());
    List<String> types = request.table().schema().getFields().stream().map(ArrowTypes::duckDb).toList();
    return source.guarded(select(source, header, names, types), names.size());
  }

  /** DuckDB has been seen to find no rows, and no error, where it took something else for the ends of lines. */
  private static void requireRows(ConnectorContext context, Source source, CsvHeader header, Path file) {
    if (header.rowsFollow()) {
      String sql = "SELECT count(*) AS n FROM (SELECT 1 FROM " + table(source, header) + " LIMIT 1)";
      if (context.select(BatchSource.query(sql, List.of(Sql.pattern(file)))).get(0).get("n").equals(0L)) {
        throw ConnectorException.permanent("no rows are found in " + file.getFileName() + ", though text follows its first line", null);
      }
    }
  }

  private CsvHeader header(Source source) {
    CsvHeader first = null;
    for (Path file : source.files()) {
      CsvHeader header = ofFile(source, file);
      if (header.cells().isEmpty()) {
        throw source.failure(file.getFileName() + " is empty or begins with an empty line, so it has no columns", null);
      }
      first = first == null ? header : first;
      boolean same = first.delimiter().equals(header.delimiter()) && (source.options().header()
          ? first.cells().equals(header.cells()) : first.cells().size() == header.cells().size());
      if (!same) {
        throw source.failure("the columns of " + file.getFileName() + " are " + header.cells() + ", those of "
            + source.files().get(0).getFileName() + " are " + first.cells() + "; one table needs the same columns in all its files", null);
      }
    }
    return first;
  }

  private CsvHeader ofFile(Source source, Path file) {
    try {
      return CsvHeader.of(file, source.options(), usualDelimiter);
    } catch (IOException e) {
      throw source.failure("the first line of " + file.getFileName() + " cannot be read as " + source.options().encoding() + ": "
          + Problems.oneLine(e), e);
    }
  }

  private List<String> types(ConnectorContext context, Source source, CsvHeader header, List<String> names) {
    Map<String, String> declared = source.options().columns();
    Set<String> absent = new LinkedHashSet<>(declared.keySet());
    absent.removeAll(names);
    if (!absent.isEmpty()) {
      throw ConnectorException.permanent("the settings declare columns " + absent + "; the file has " + names, null);
    }
    if (source.options().text()) {
      return names.stream().map(name -> "VARCHAR").toList();
    }
    String cases = IntStream.range(0, names.size()).mapToObj(i -> verdict("c" + i, source.options())).collect(Collectors.joining(", "));
    Map<String, Object> types = context.select(BatchSource.query(
        "SELECT " + cases + " FROM (SELECT * FROM " + table(source, header) + " LIMIT " + SAMPLE + ")", source.patterns())).get(0);
    return IntStream.range(0, names.size()).mapToObj(i -> String.valueOf(types.get("c" + i))).toList();
  }

  /** SQL for the name of the first type that all values of a column fit. */
  private static String verdict(String column, FileOptions options) {
    String text = "nullif(" + column + ", '')";
    String whens = Conversion.INFERRED.stream().map(type -> " WHEN bool_and(" + Conversion.fits(type, text, options) + ") FILTER ("
        + text + " IS NOT NULL) THEN '" + type + "'").collect(Collectors.joining());
    return "CASE WHEN count(" + text + ") = 0 THEN 'VARCHAR'" + whens + " ELSE 'VARCHAR' END AS " + column;
  }

  private static BatchSource.Query select(Source source, CsvHeader header, List<String> names, List<String> types) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String declared = source.options().columns().get(name);
      String value = "c" + i;
      if (declared != null) {
        value = Conversion.declared("filename", value, name, declared, source.options());
      } else if (!types.get(i).equals("VARCHAR")) {
        value = Conversion.inferred("filename", value, name, types.get(i), source.options());
      }
      columns.add(value + " AS " + Sql.identifier(name));
    }
    return BatchSource.query("SELECT " + String.join(", ", columns) + " FROM " + table(source, header), source.patterns());
  }

  private static String table(Source source, CsvHeader header) {
    FileOptions options = source.options();
    String columns = IntStream.range(0, header.cells().size()).mapToObj(i -> "'c" + i + "': 'VARCHAR'")
        .collect(Collectors.joining(", ", "{", "}"));
    List<String> nulls = Stream.concat(Stream.of(""), options.nulls().stream()).distinct().toList();
    return "read_csv(?::VARCHAR[], auto_detect = false, strict_mode = true, ignore_errors = false, null_padding = false, comment = '',"
        + " hive_partitioning = false, filename = true, allow_quoted_nulls = false, header = " + options.header()
        + ", delim = " + Sql.literal(header.delimiter()) + ", quote = " + Sql.literal(options.quote())
        + ", escape = " + Sql.literal(options.quote()) + ", nullstr = " + Sql.list(nulls)
        + ", encoding = " + Sql.literal(options.encoding()) + ", columns = " + columns + ")";
  }
}
