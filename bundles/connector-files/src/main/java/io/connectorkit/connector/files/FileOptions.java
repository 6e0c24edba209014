package io.connectorkit.connector.files;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the operator said about a file, checked. */
record FileOptions(
    Optional<String> as, Format format, boolean text, Optional<String> delimiter, String quote, boolean header,
    Map<String, String> columns, List<String> nulls, Optional<String> dateFormat, Optional<String> timestampFormat, String encoding) {

  private static final Set<String> ENCODINGS = Set.of("utf-8", "utf-16", "latin-1");

  /** A type goes into SQL as it is, so it must look like one. */
  private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9_ ]*(\\([0-9]+(, ?[0-9]+)?\\))?");

  /**
   * Reads the options of a file or glob.
   *
   * @param key for messages
   * @throws ConnectorException if an option is unknown, has no meaning for the format, or a wrong value
   */
  static FileOptions of(String key, Settings options, boolean textByDefault) {
    Format format = format(key, options);
    Set<String> unused = new TreeSet<>(options.values().keySet());
    unused.removeAll(format.options());
    unused.removeAll(Set.of("as", "format"));
    if (!unused.isEmpty()) {
      Set<String> usable = new TreeSet<>(format.options());
      usable.addAll(Set.of("as", "format"));
      throw refused(key, "options " + unused + " mean nothing for " + format + "; it has " + usable);
    }
    String quote = options.find("quote").orElse("\"");
    if (quote.length() > 1) {
      throw refused(key, "quote '" + quote + "' is longer than one character");
    }
    options.find("delimiter").filter(delimiter -> delimiter.length() != 1).ifPresent(delimiter -> {
      throw refused(key, "delimiter '" + delimiter + "' is not one character");
    });
    String encoding = options.find("encoding").orElse("utf-8").toLowerCase(Locale.ROOT);
    if (!ENCODINGS.contains(encoding)) {
      throw refused(key, "encoding '" + encoding + "' is none of " + new TreeSet<>(ENCODINGS));
    }
    return new FileOptions(options.find("as"), format, bool(key, options, "text", textByDefault), options.find("delimiter"), quote,
        bool(key, options, "header", true), columns(key, options), options.list("nulls"), options.find("date_format"),
        options.find("timestamp_format"), encoding);
  }

  private static Format format(String key, Settings options) {
    Optional<String> named = options.find("format");
    if (named.isEmpty()) {
      return Format.ofFile(key).orElseThrow(() ->
          refused(key, "the name tells no format; set format: csv, tsv, json, ndjson, parquet or arrow"));
    }
    for (Format format : Format.values()) {
      if (format.name().equalsIgnoreCase(named.get())) {
        return format;
      }
    }
    throw refused(key, "format '" + named.get() + "' is none of csv, tsv, json, ndjson, parquet, arrow");
  }

  private static boolean bool(String key, Settings options, String name, boolean otherwise) {
    String value = options.find(name).orElse(String.valueOf(otherwise));
    if (!value.equals("true") && !value.equals("false")) {
      throw refused(key, name + " '" + value + "' is neither true nor false");
    }
    return value.equals("true");
  }

  private static Map<String, String> columns(String key, Settings options) {
    Map<String, String> columns = new LinkedHashMap<>();
    options.section("columns").values().forEach((name, type) -> {
      if (!TYPE.matcher(String.valueOf(type)).matches()) {
        throw refused(key, "columns: '" + type + "' of '" + name + "' is no type of DuckDB that text can be turned into");
      }
      columns.put(name, String.valueOf(type));
    });
    return columns;
  }

  private static ConnectorException refused(String key, String reason) {
    return ConnectorException.permanent("settings, files '" + key + "': " + reason, null);
  }
}
