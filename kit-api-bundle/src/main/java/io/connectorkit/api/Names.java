package io.connectorkit.api;

import io.connectorkit.api.internal.Keywords;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The one rule for names that become identifiers in SQL and names of files. */
public final class Names {

  /** A view or column-safe identifier; names are compared without regard to case, as DuckDB does. */
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private static final Pattern INSTANCE = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final Set<String> RESERVED_VIEWS = Set.of("_meta", "_remote_attach");
  private static final Set<String> RESERVED_SCHEMAS =
      Set.of("main", "temp", "system", "memory", "information_schema", "pg_catalog", "analytics");

  private Names() {}

  /** Whether a table may have that view name: an identifier that the host does not use itself. */
  public static boolean isView(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return IDENTIFIER.matcher(name).matches() && !RESERVED_VIEWS.contains(lower) && !lower.startsWith("_kit_");
  }

  /** Whether a connector or an instance may have that name: it becomes a folder, and a schema in SQL that needs no quotes. */
  public static boolean isInstance(String name) {
    return INSTANCE.matcher(name).matches() && !RESERVED_SCHEMAS.contains(name) && !Keywords.contains(name);
  }

  /**
   * A view name made from any text: lower case, every other character an underscore, a hash at the end where it had to be cut. The same
   * text always gives the same name; different texts may give the same one.
   *
   * @param text not null; may be empty
   */
  public static String toView(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      name = "t_" + name;
    }
    if (name.length() > 63) {
      name = name.substring(0, 54) + "_" + String.format("%08x", text.hashCode());
    }
    return name;
  }
}
