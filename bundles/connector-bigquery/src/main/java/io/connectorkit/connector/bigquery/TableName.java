package io.connectorkit.connector.bigquery;

import io.connectorkit.api.TableInfo;

/**
 * Where a table is.
 *
 * @param type as BigQuery writes it: TABLE, VIEW, MATERIALIZED_VIEW, EXTERNAL, SNAPSHOT
 */
record TableName(String project, String dataset, String table, String type) {

  /** Key of the schema's metadata that holds the type. */
  static final String TYPE = "connectorkit.bigquery.type";

  /** Of a table as it was discovered; the name of a dataset has no dot. */
  static TableName of(String project, TableInfo table) {
    int dot = table.sourceId().indexOf('.');
    return new TableName(project, table.sourceId().substring(0, Math.max(0, dot)), table.sourceId().substring(dot + 1),
        table.schema().getCustomMetadata().getOrDefault(TYPE, "TABLE"));
  }

  /** Whether its rows lie in BigQuery's own storage: whatever else there is has to be queried. */
  boolean stored() {
    return type.equals("TABLE");
  }

  /** As SQL names it. */
  String sql() {
    return GoogleSql.name(project) + "." + GoogleSql.name(dataset) + "." + GoogleSql.name(table);
  }

  /** As the Storage API names it. */
  String resource() {
    return "projects/" + project + "/datasets/" + dataset + "/tables/" + table;
  }
}
