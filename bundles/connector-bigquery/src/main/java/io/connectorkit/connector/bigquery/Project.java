package io.connectorkit.connector.bigquery;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Settings;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whose data, and who pays for looking at it.
 *
 * @param data project that holds the datasets
 * @param billing project in which reads and queries run
 * @param datasets those to list; empty for all
 */
record Project(String data, String billing, List<String> datasets) {

  private static final Pattern ID = Pattern.compile("([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]");
  private static final Pattern DATASET = Pattern.compile("[A-Za-z0-9_]{1,1024}");

  /** As an instance is configured; what goes into URLs and SQL is checked here, whoever called. */
  static Project of(Settings settings) {
    String data = checked("project", settings.text("project"), ID);
    List<String> datasets = settings.list("datasets");
    datasets.forEach(dataset -> checked("datasets", dataset, DATASET));
    return new Project(data, checked("billing_project", settings.find("billing_project").orElse(data), ID), datasets);
  }

  private static String checked(String setting, String value, Pattern rule) {
    if (!rule.matcher(value).matches()) {
      throw ConnectorException.permanent("setting '" + setting + "' is '" + value + "' and must match " + rule, null);
    }
    return value;
  }

  /** What the extension attaches: one dataset only if there is but one, as it looks through all that it attaches. */
  String url() {
    return "project=" + data + (billing.equals(data) ? "" : " billing_project=" + billing) + (datasets.size() == 1 ? " dataset=" + datasets.get(0) : "");
  }
}
