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

  private CsvHeader header(Source source) {
    CsvHeader first = null;
    for (Path file : source.files()) {
      CsvHeader header;
      try {
        header = CsvHeader.of(file, source.options(), usualDelimiter);
      } catch (IOException e) {
        throw source.failure("the first line of " + file.getFileName() + " cannot be read as " + source.options().encoding() + ": " + e, e);
      }
      if (header.cells().isEmpty()) {
        throw source.failure(file.getFileName() + " is empty or begins with an empty line, so it has no columns", null);
      }
      first = first == null ? header : first;
      boolean same = source.options().header() ? first.equals(header) : first.cells().size() == header.cells().size();
      if (!same) {
        throw source.failure("the columns of " + file.getFileName() + " are " + header.cells() + ", those of "
            + source.files().get(0).getFileName() + " are " + first.cells() + "; one table needs the same columns in all its files", null);
      }
    }
    return first;
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
    String cases = IntStream.range(0, names.size()).mapToObj(i -> "CASE WHEN count(nullif(c" + i + ", '')) = 0 THEN 'VARCHAR'"
        + Conversion.INFERRED.stream().map(type -> " WHEN bool_and(" + Conversion.fits(type, "nullif(c" + i + ", '')", source.options())
            + ") THEN '" + type + "'").collect(Collectors.joining()) + " ELSE 'VARCHAR' END AS c" + i).collect(Collectors.joining(", "));
    Map<String, Object> types = context.select(BatchSource.query(
        "SELECT " + cases + " FROM (SELECT * FROM " + table(source, header) + " LIMIT " + SAMPLE + ")", source.patterns())).get(0);
    return Stream.iterate(0, i -> i < names.size(), i -> i + 1).map(i -> String.valueOf(types.get("c" + i))).toList();
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
