package io.connectorkit.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How DuckDB attaches a source. Immutable; no part is null. It is stored and shown: it names the variable that holds the token, and never
 * holds the token.
 *
 * @param alias of the attached database, an identifier as in {@link Names#isView}
 * @param extension name of DuckDB's extension, such as {@code bigquery}
 * @param url what ATTACH is given; no credentials in it
 * @param tokenEnv name of the environment variable that holds the token; empty if the extension finds its credentials itself
 * @param tables what stands behind each table, by {@link TableInfo#sourceId()}
 */
public record RemoteAttach(String alias, String extension, String url, String tokenEnv, Map<String, Relation> tables) {

  /** Copies the map. */
  public RemoteAttach {
    Objects.requireNonNull(alias);
    Objects.requireNonNull(extension);
    Objects.requireNonNull(url);
    Objects.requireNonNull(tokenEnv);
    tables = Map.copyOf(tables);
  }

  /** An attachment without tables yet, which needs no token. */
  public static RemoteAttach of(String alias, String extension, String url) {
    return new RemoteAttach(alias, extension, url, "", Map.of());
  }

  /** The same, with the token in that environment variable. */
  public RemoteAttach tokenIn(String variable) {
    return new RemoteAttach(alias, extension, url, variable, tables);
  }

  /**
   * The same, with a table that is a relation of the attached database.
   *
   * @param names schema and name, or the name alone, as the source writes them; the host quotes them
   */
  public RemoteAttach with(TableInfo table, String... names) {
    return with(table, new Name(List.of(names)));
  }

  /**
   * The same, with a table that is the result of a function of the extension, such as {@code bigquery_query}.
   *
   * @param function an identifier that begins with the extension's name and an underscore
   * @param arguments texts; the host quotes them
   */
  public RemoteAttach withCall(TableInfo table, String function, String... arguments) {
    return with(table, new Call(function, List.of(arguments)));
  }

  private RemoteAttach with(TableInfo table, Relation relation) {
    Map<String, Relation> more = new LinkedHashMap<>(tables);
    more.put(table.sourceId(), relation);
    return new RemoteAttach(alias, extension, url, tokenEnv, more);
  }

  /** What stands behind a table. */
  public sealed interface Relation {}

  /**
   * A relation of the attached database.
   *
   * @param names from the outermost to the table's own; at least one
   */
  public record Name(List<String> names) implements Relation {
    /** Copies the list. */
    public Name {
      names = List.copyOf(names);
    }
  }

  /**
   * The result of a table function.
   *
   * @param function its name
   * @param arguments texts, in order
   */
  public record Call(String function, List<String> arguments) implements Relation {
    /** Copies the list. */
    public Call {
      arguments = List.copyOf(arguments);
    }
  }
}
