package io.connectorkit.connector.jira;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Settings;
import io.connectorkit.api.Types;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Columns of fields that are others in each company, and that the settings name. */
final class CustomFields {

  private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private final Map<String, Object> ids;
  private final Set<String> known = new HashSet<>();

  CustomFields(Settings settings) {
    ids = settings.section("custom_fields").values();
  }

  /** A column of a field, by its usual id unless the settings have another one; an empty one leaves the column null. */
  private void add(Columns columns, String name, ArrowType type, String usual, String rest, UnaryOperator<Object> value) {
    known.add(name);
    String id = String.valueOf(ids.getOrDefault(name, "customfield_" + usual));
    columns.add(name, type, id.isEmpty() ? "" : path(name, id) + rest, value);
  }

  /** The path of a field. */
  static String path(String column, String id) {
    if (!FIELD.matcher(id).matches()) {
      throw ConnectorException.permanent("column '" + column + "': '" + id + "' is no id of a field; write it like customfield_10016", null);
    }
    return "fields." + id;
  }

  /** All columns that every company has. */
  void addTo(Columns columns) {
    add(columns, "request_type", Types.text(), "10010", ".requestType.name", Values::text);
    add(columns, "request_status", Types.text(), "10010", ".currentStatus.status", Values::text);
    add(columns, "severity", Types.text(), "10004", "", Values::option);
    add(columns, "triage", Types.text(), "10323", "", Values::options);
    add(columns, "configuration_item", Types.text(), "10511", "", Values::array);
    add(columns, "participants", Types.text(), "10156", "", list -> Values.parts(list, "emailAddress"));
    add(columns, "organizations", Types.text(), "10002", "", list -> Values.parts(list, "name"));
    add(columns, "organization_ids", Types.text(), "10002", "", list -> Values.parts(list, "id"));
    add(columns, "spam", Types.text(), "10365", "", Values::option);
    add(columns, "context", Types.text(), "10330", "", Adf::text);
    add(columns, "custom_url", Types.text(), "10325", "", Values::text);
    add(columns, "slack_link", Types.text(), "10350", "", Values::option);
    add(columns, "technical_issue_category", Types.text(), "10676", "", Values::option);
    add(columns, "email_address", Types.text(), "10475", "", Values::option);
    add(columns, "satisfaction", Types.int64(), "10157", ".rating", value -> value);
    add(columns, "l3_team", Types.text(), "11831", "", Values::option);
    Set<String> unknown = new TreeSet<>(ids.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw ConnectorException.permanent("setting 'custom_fields' names the columns " + unknown + ", and there are " + new TreeSet<>(known)
          + "; put further ones into 'fields'", null);
    }
  }

  /** Columns of one company, as the settings name them. */
  static void further(Settings section, Columns columns, UnaryOperator<Object> value, BinaryOperator<String> path) {
    new TreeMap<>(section.values()).forEach((name, id) -> {
      if (!COLUMN.matcher(name).matches()) {
        throw ConnectorException.permanent("'" + name + "' cannot be a column: use letters, digits and underscores, no digit first", null);
      }
      columns.add(name, Types.text(), path.apply(name, String.valueOf(id)), value);
    });
  }
}
