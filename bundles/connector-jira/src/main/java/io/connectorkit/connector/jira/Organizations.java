package io.connectorkit.connector.jira;

import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.JointRead;
import io.connectorkit.api.Settings;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The organizations of Jira Service Management, which are listed as a whole each time. */
final class Organizations {

  private Organizations() {}

  /** Reads all of them; where one cannot be known the table is given up. */
  static void read(JointRead read, Jira jira, Tables tables) {
    ConnectorContext context = read.context();
    Settings wanted = context.settings().section("organization_details");
    read.full("organizations");
    try {
      Function<String, Optional<Object>> details = wanted.values().isEmpty() ? id -> Optional.of(Map.of()) : jira.details();
      Iterator<Changes> all = new Ahead<>(jira.organizations(), organization -> details.apply(Jira.id(organization))
          .map(detail -> new Changes().upsert("organizations", tables.row("organizations", detailed(organization, detail, wanted), Map.of())))
          .orElseGet(Changes::new), context.executor(), jira.parallel());
      all.forEachRemaining(read::accept);
    } catch (ConnectorException e) {
      read.giveUp("organizations", e);
    }
  }

  private static Map<String, Object> detailed(Map<String, Object> organization, Object detail, Settings wanted) {
    List<Map<String, Object>> all = Json.objects(Json.at(detail, "details"));
    Map<String, Object> values = new HashMap<>();
    wanted.values().forEach((column, name) -> values.put(column, value(all, String.valueOf(name))));
    Map<String, Object> detailed = new HashMap<>(organization);
    detailed.put("details", values);
    return detailed;
  }

  /** The value of a detail by its id, or else its name: the first one of several. */
  private static Object value(List<Map<String, Object>> details, String wanted) {
    Map<String, Object> found = details.stream().filter(detail -> wanted.equals(String.valueOf(detail.get("id")))).findFirst()
        .or(() -> details.stream().filter(detail -> wanted.equals(detail.get("name"))).findFirst()).orElse(Map.of());
    Object values = found.get("values") == null ? Json.at(found, "value.text") : found.get("values");
    return values instanceof List<?> list ? list.stream().findFirst().orElse(null) : values;
  }
}
