package io.connectorkit.runtime.internal.remote;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.execute;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;

import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.extract.Redaction;
import io.connectorkit.runtime.internal.registry.Instance;
import io.connectorkit.runtime.internal.registry.Registry;
import io.connectorkit.runtime.internal.store.ExtractContent;
import io.connectorkit.runtime.internal.store.RemoteTable;
import io.connectorkit.runtime.internal.store.TableRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Lets a query reach tables at their sources: where it names one, its session attaches that source, and gets a view of the same name that is
 * found before the one in the database. A query that names none has a session as ever.
 */
@Component(service = RemoteViews.class)
public final class RemoteViews {

  private static final Pattern NAME = Pattern.compile("\"(?:function_name|table_name)\":\"([^\"]+)\"");
  /** What DuckDB tells of itself: also how databases were attached, and that may be with a token. */
  private static final Pattern INNER = Pattern.compile("(duckdb|pragma|pg)_.*|query|query_table");

  private final Registry registry;
  private final RemoteSessions sessions;

  @Activate
  public RemoteViews(@Reference Registry registry, @Reference RemoteSessions sessions) {
    this.registry = registry;
    this.sessions = sessions;
  }

  /**
   * Makes the views that a statement needs.
   *
   * @param session has the database over all extracts attached as {@code analytics}, and is not restricted yet
   * @param statement as DuckDB's parser gives it, in JSON
   * @param contents what is published, by source
   * @throws KitException KIT-5012 if the statement could reach more of a source than its tables
   */
  public void show(Connection session, String statement, Map<String, ExtractContent> contents) throws SQLException {
    Map<String, String> owners = new HashMap<>();
    List<String> path = new ArrayList<>(List.of("memory.main", "analytics.main"));
    for (var source : contents.entrySet()) {
      source.getValue().tables().forEach(table -> owners.putIfAbsent(table.table(), source.getKey()));
      List<TableRecord> named = source.getValue().tables().stream()
          .filter(table -> table.remote().isPresent() && named(statement, source.getKey(), table.table(), owners)).toList();
      if (!named.isEmpty()) {
        requireTables(statement, named, contents);
        show(session, source.getKey(), named, owners);
        path.addAll(List.of("memory." + identifier(source.getKey()), "analytics." + identifier(source.getKey())));
      }
    }
    if (path.size() > 2) {
      execute(session, "SET search_path = " + literal(String.join(",", path)));
    }
  }

  /** Whether a statement may mean a table: by its source, or alone if it is the one that has that name without a source. */
  private static boolean named(String statement, String source, String table, Map<String, String> owners) {
    Matcher name = Pattern.compile("(?:\"schema_name\":\"([^\"]*)\",)?\"table_name\":\"" + table + '"', Pattern.CASE_INSENSITIVE).matcher(statement);
    return name.results().map(match -> match.group(1)).anyMatch(
        schema -> schema == null || schema.isEmpty() ? source.equals(owners.get(table)) : schema.equalsIgnoreCase(source));
  }

  /** The functions of an extension take any SQL, with the token of the session; and so does a query within a query. */
  private static void requireTables(String statement, List<TableRecord> tables, Map<String, ExtractContent> contents) {
    Set<String> extensions = tables.stream().map(table -> table.remote().get().attach().extension() + "_").collect(Collectors.toSet());
    Matcher match = NAME.matcher(statement);
    while (match.find()) {
      String name = match.group(1).toLowerCase(Locale.ROOT);
      boolean inner = INNER.matcher(name).matches() || extensions.stream().anyMatch(name::startsWith);
      if (inner && contents.values().stream().noneMatch(content -> content.table(name).isPresent())) {
        throw new KitException("KIT-5012", "'" + match.group(1) + "' cannot be used beside a table that is queried at its source, here "
            + tables.get(0).table() + "; select from the tables alone");
      }
    }
  }

  private void show(Connection session, String source, List<TableRecord> tables, Map<String, String> owners) throws SQLException {
    execute(session, "CREATE SCHEMA memory." + identifier(source));
    Map<RemoteAttach, String> catalogs = new HashMap<>();
    for (TableRecord table : tables) {
      String select;
      try {
        Instance instance = instance(source, table);
        String catalog = catalogs.computeIfAbsent(table.remote().get().attach(), attach -> sessions.attach(session, instance, attach));
        select = table.remote().get().select(catalog, table.schemaJson());
        describe(session, instance, select);
      } catch (KitException e) {
        select = RemoteTable.failing(table.schemaJson(), "KIT-5011 " + source + "." + table.table() + " cannot be queried at its source: "
            + e.getMessage());
      }
      view(session, source, table.table(), select);
      if (source.equals(owners.get(table.table()))) {
        view(session, "main", table.table(), select);
      }
    }
  }

  private static void view(Connection session, String schema, String view, String select) throws SQLException {
    execute(session, "CREATE VIEW memory." + identifier(schema) + "." + identifier(view) + " AS " + select);
  }

  private static void describe(Connection session, Instance instance, String select) {
    try {
      execute(session, "DESCRIBE " + select);
    } catch (SQLException e) {
      throw new KitException("KIT-3062", Redaction.clean(Sql.firstLine(e), instance), null);
    }
  }

  /** Whose settings and secrets count: the instance as it is now, if it still is the one that the attachment was made for. */
  private Instance instance(String source, TableRecord table) {
    Instance instance = registry.require(source);
    if (!(instance.connector() instanceof AttachesRemote) || !RemoteBasis.holds(table, instance)) {
      throw new KitException("KIT-3063", "its settings, or its connector, are others than when it was attached; 'kit extract " + source + "'");
    }
    return instance;
  }
}
