package io.connectorkit.connector.files;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a file holds, told by the end of its name unless the operator says otherwise. */
enum Format {
  CSV(new CsvReader(","), List.of(".csv", ".csv.gz"), Options.CSV),
  TSV(new CsvReader("\t"), List.of(".tsv", ".tsv.gz", ".tab"), Options.CSV),
  JSON(new JsonReader("auto"), List.of(".json", ".json.gz"), Options.JSON),
  NDJSON(new JsonReader("newline_delimited"), List.of(".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz"), Options.JSON),
  PARQUET(new ParquetReader(), List.of(".parquet"), Options.NONE),
  ARROW(new ArrowIpc(), List.of(".arrow", ".arrows", ".ipc", ".feather"), Options.NONE);

  /** The options that a reader has a use for, beside {@code as} and {@code format}. */
  private static final class Options {
    static final Set<String> NONE = Set.of();
    static final Set<String> JSON = Set.of("text", "columns", "date_format", "timestamp_format");
    static final Set<String> CSV = Stream.concat(JSON.stream(), Stream.of("delimiter", "quote", "header", "nulls", "encoding"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private final FileReader reader;
  private final List<String> endings;
  private final Set<String> options;

  Format(FileReader reader, List<String> endings, Set<String> options) {
    this.reader = reader;
    this.endings = endings;
    this.options = options;
  }

  FileReader reader() {
    return reader;
  }

  Set<String> options() {
    return options;
  }

  static Optional<Format> ofFile(String name) {
    return Arrays.stream(values()).filter(format -> format.ending(name).isPresent()).findFirst();
  }

  /** A file's name without the ending that told its format. */
  static String stem(String name) {
    String ending = ofFile(name).flatMap(format -> format.ending(name)).orElse("");
    return name.substring(0, name.length() - ending.length());
  }

  private Optional<String> ending(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return endings.stream().filter(ending -> lower.endsWith(ending) && lower.length() > ending.length()).findFirst();
  }
}
