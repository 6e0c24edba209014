package io.connectorkit.connector.keboola;

import io.connectorkit.api.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The types that Keboola's metadata, or an operator, declares. */
final class ColumnType {

  /** Who says it, the most trusted first. */
  private static final List<String> PROVIDERS = List.of("user", "ai-metadata-enrichment", "keboola.snowflake-transformation", "storage");
  private static final Pattern DECLARED = Pattern.compile("([A-Z][A-Z0-9_ ]*?)\\s*(?:\\(\\s*([0-9]+(?:\\s*,\\s*[0-9]+)?)\\s*\\))?");
  private static final Pattern LENGTH = Pattern.compile("([0-9]{1,2})(?:\\s*,\\s*([0-9]{1,2}))?");
  private static final Set<String> ZONED = Set.of("TIMESTAMP_TZ", "TIMESTAMP_LTZ", "TIMESTAMPTZ");

  private ColumnType() {}

  /** What the metadata of a column says; text if it says nothing that is known. */
  static ArrowType of(List<Map<String, Object>> metadata) {
    for (String provider : PROVIDERS) {
      String base = value(metadata, provider, "KBC.datatype.basetype");
      String own = value(metadata, provider, "KBC.datatype.type");
      if (!base.isEmpty() || !own.isEmpty()) {
        // The base type of a time with a zone is that of one without.
        String name = base.isEmpty() || ZONED.contains(own) ? own : base;
        return type(name, value(metadata, provider, "KBC.datatype.length")).orElse(Types.text());
      }
    }
    return Types.text();
  }

  private static String value(List<Map<String, Object>> metadata, String provider, String key) {
    return metadata.stream().filter(each -> provider.equals(each.get("provider")) && key.equals(each.get("key")))
        .map(each -> String.valueOf(each.get("value")).strip().toUpperCase(Locale.ROOT)).findFirst().orElse("");
  }

  /** A type as an operator writes it, such as {@code DECIMAL(12,2)}; empty if there is none of that name. */
  static Optional<ArrowType> parse(String text) {
    Matcher declared = DECLARED.matcher(text.strip().toUpperCase(Locale.ROOT));
    return declared.matches() ? type(declared.group(1), declared.group(2) == null ? "" : declared.group(2)) : Optional.empty();
  }

  private static Optional<ArrowType> type(String name, String length) {
    return Optional.ofNullable(switch (name) {
      case "STRING", "VARCHAR", "TEXT" -> Types.text();
      case "INTEGER", "BIGINT" -> Types.int64();
      // Without a precision only text keeps every digit.
      case "NUMERIC", "DECIMAL" -> decimal(length);
      case "FLOAT", "DOUBLE" -> Types.float64();
      case "BOOLEAN" -> Types.bool();
      case "DATE" -> Types.date();
      case "TIMESTAMP", "TIMESTAMP_NTZ" -> Types.dateTime();
      case "TIMESTAMP_TZ", "TIMESTAMP_LTZ", "TIMESTAMPTZ" -> Types.instant();
      default -> null;
    });
  }

  private static ArrowType decimal(String length) {
    Matcher parts = LENGTH.matcher(length);
    if (!parts.matches()) {
      return Types.text();
    }
    int precision = Integer.parseInt(parts.group(1));
    int scale = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
    return precision < 1 || precision > 38 || scale > precision ? Types.text() : Types.decimal(precision, scale);
  }
}
