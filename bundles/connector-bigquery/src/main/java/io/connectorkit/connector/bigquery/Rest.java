package io.connectorkit.connector.bigquery;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ConnectorException.Kind;
import io.connectorkit.api.Http;
import io.connectorkit.api.HttpCall;
import io.connectorkit.api.HttpOptions.Auth;
import io.connectorkit.api.Paging;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The REST API, for one call of the connector. */
final class Rest {

  /** BigQuery bills no query for less. */
  private static final long LEAST_BILLED = 10 << 20;

  /** Then BigQuery ends a query. */
  private static final Duration LONGEST = Duration.ofHours(6);

  private final ConnectorContext context;
  private final Project project;
  private final Client client;

  Rest(ConnectorContext context) {
    this.context = context;
    this.project = Project.of(context.settings());
    this.client = Client.of(context);
  }

  ConnectorContext context() {
    return context;
  }

  Project project() {
    return project;
  }

  /** Datasets of the project, without hidden ones. */
  List<String> datasets() {
    return list("projects/" + project.data() + "/datasets", "datasets?").stream().map(each -> part(each, "datasetReference", "datasetId")).toList();
  }

  /** Tables, views and whatever else a dataset has. */
  List<TableName> tables(String dataset) {
    return list("projects/" + project.data() + "/datasets/" + dataset + "/tables", "tables?").stream()
        .map(each -> new TableName(project.data(), dataset, part(each, "tableReference", "tableId"), String.valueOf(each.get("type")))).toList();
  }

  /** All that BigQuery says of a table; empty if there is none. */
  Optional<Map<?, ?>> table(TableName name) {
    return ask(http -> http.get("projects/" + name.project() + "/datasets/" + name.dataset() + "/tables/" + encoded(name.table())).find())
        .map(json -> json instanceof Map<?, ?> map ? map : Map.of());
  }

  /**
   * Has BigQuery say how much a query would scan, before anybody pays for it.
   *
   * @throws ConnectorException if it is more than the operator allows, or if nobody can tell
   */
  void requireAffordable(String table, String sql) {
    long most = most();
    if (most == 0) {
      return;
    }
    String said = part(json(http -> http.post(jobs(), job(sql, true)).repeatable()), "statistics", "totalBytesProcessed");
    if (!said.matches("\\d{1,18}")) {
      throw ConnectorException.permanent("table '" + table + "': the dry run does not say how much would be scanned; set max_bytes: 0 to read it all the"
          + " same", null);
    }
    requireAffordable(table, Long.parseLong(said));
  }

  /** The same for what is known already. */
  void requireAffordable(String table, long bytes) {
    if (most() > 0 && bytes > most()) {
      throw ConnectorException.permanent("table '" + table + "': this read would scan " + bytes + " bytes, and max_bytes allows " + most()
          + "; choose fewer columns, read it in increments, or raise max_bytes", null);
    }
  }

  private long most() {
    return context.settings().find("max_bytes").map(Long::parseLong).orElse(0L);
  }

  /** Runs a query to its end; its result stands in a table that BigQuery deletes a day later. */
  TableName result(String sql) {
    Map<?, ?> begun = json(http -> http.post(jobs(), job(sql, false)));
    String id = encoded(part(begun, "jobReference", "jobId"));
    String location = part(begun, "jobReference", "location");
    // Each answer is held back for ten seconds, unless the query is done.
    ask(http -> http.get("projects/" + project.billing() + "/queries/" + id).param("location", location).param("maxResults", 0)
        .param("timeoutMs", 10_000).awaitJson(answer -> !part(answer instanceof Map<?, ?> map ? map : Map.of(), "jobComplete").equals("false"), LONGEST));
    Map<?, ?> done = json(http -> http.get(jobs() + "/" + id).param("location", location));
    Map<?, ?> target = map(map(map(done, "configuration"), "query"), "destinationTable");
    return new TableName(part(target, "projectId"), part(target, "datasetId"), part(target, "tableId"), "TABLE");
  }

  private String jobs() {
    return "projects/" + project.billing() + "/jobs";
  }

  private Map<String, Object> job(String sql, boolean dryRun) {
    Map<String, Object> query = new LinkedHashMap<>(Map.of("query", sql, "useLegacySql", false));
    if (most() > 0 && !dryRun) {
      query.put("maximumBytesBilled", String.valueOf(Math.max(LEAST_BILLED, most())));
    }
    return Map.of("configuration", Map.of("dryRun", dryRun, "labels", Map.of("client", "connector_kit"), "query", query));
  }

  private List<Map<String, Object>> list(String path, String records) {
    return ask(http -> {
      List<Map<String, Object>> all = new ArrayList<>();
      http.get(path).param("maxResults", 1000).paged(Paging.byToken("nextPageToken", "pageToken")).pages(records).forEachRemaining(all::addAll);
      return all;
    });
  }

  private Map<?, ?> json(Function<Http, HttpCall> call) {
    return ask(http -> call.apply(http).json()) instanceof Map<?, ?> map ? map : Map.of();
  }

  /** With a token; one that is refused is replaced once, since it may have ended before its time. */
  private <T> T ask(Function<Http, T> question) {
    String token = client.tokens().get(context);
    try {
      return question.apply(with(token));
    } catch (ConnectorException e) {
      if (e.kind() != Kind.AUTHENTICATION) {
        throw e;
      }
      if (!e.getMessage().contains(" answered 401")) {
        throw forbidden(e);
      }
      client.tokens().forget(token);
      return question.apply(with(client.tokens().get(context)));
    }
  }

  private Http with(String token) {
    return context.http().with(options -> options.baseUrl(context.settings().text("rest_url")).auth(Auth.bearer(token)));
  }

  /** By 403 BigQuery says both that a table is not for these eyes, which is no matter of the token, and that there were too many requests. */
  private static ConnectorException forbidden(ConnectorException e) {
    return e.getMessage().matches(".*(rateLimitExceeded|Exceeded rate limits).*") ? ConnectorException.transientFailure(e.getMessage(), null, e)
        : ConnectorException.permanent(e.getMessage(), e);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<?, ?> map(Map<?, ?> json, String key) {
    return json.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String part(Map<?, ?> json, String... path) {
    Map<?, ?> at = json;
    for (int i = 0; i < path.length - 1; i++) {
      at = map(at, path[i]);
    }
    Object value = at.get(path[path.length - 1]);
    if (value == null) {
      throw ConnectorException.permanent("BigQuery gave an answer that has no '" + String.join(".", path) + "'; check rest_url", null);
    }
    return String.valueOf(value);
  }
}
