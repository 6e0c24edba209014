package io.connectorkit.connector.keboola;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Http;
import io.connectorkit.api.HttpCall;
import io.connectorkit.api.Settings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keboola's Storage API, as far as it is used here. */
final class StorageApi {

  /** Name of the variable that holds the token. */
  static final String TOKEN = "KEBOOLA_STORAGE_TOKEN";

  private static final Duration LONGEST_EXPORT = Duration.ofMinutes(30);
  private static final Set<String> RUNNING = Set.of("waiting", "processing");

  private final ConnectorContext context;
  private final Http http;
  private List<Map<String, Object>> tables;

  StorageApi(ConnectorContext context) {
    this.context = context;
    this.http = context.http().with(options -> options.baseUrl(stack(context.settings()) + "/v2/storage"));
  }

  /** The stack's URL. Without a slash at its end, which DuckDB's extension does not bear. */
  static String stack(Settings settings) {
    return settings.text("url").replaceFirst("/+$", "");
  }

  /** The one call that tells a wrong token from a right one: others answer without any. */
  void verifyToken() {
    if (context.secret(TOKEN).isEmpty()) {
      throw ConnectorException.authentication("no token: set " + TOKEN, null);
    }
    object(http.get("/tokens/verify").json(), "/tokens/verify");
  }

  /** All tables, or those of the buckets that the operator chose, each with its columns and what is said of them. */
  List<Map<String, Object>> tables() {
    if (tables == null) {
      List<String> buckets = context.settings().list("buckets");
      tables = new ArrayList<>();
      for (String path : buckets.isEmpty() ? List.of("/tables") : buckets.stream().map(id -> "/buckets/" + encoded(id) + "/tables").toList()) {
        list(http.get(path).param("include", "columns,buckets,metadata,columnMetadata").json(), path).forEach(each -> tables.add(whole(object(each, path))));
      }
    }
    return tables;
  }

  /** Lists leave out the columns of an alias's source, and on some stacks all that is said of columns. */
  private Map<String, Object> whole(Map<String, Object> listed) {
    boolean alias = Boolean.TRUE.equals(listed.get("isAlias"));
    return alias || !(listed.get("columns") instanceof List) || !listed.containsKey("columnMetadata") ? table(text(listed, "id")) : listed;
  }

  private Map<String, Object> table(String id) {
    return object(http.get("/tables/" + encoded(id)).json(), "/tables/" + id);
  }

  Position position(String id) {
    return Position.of(table(id));
  }

  /** Exports rows, and waits for that; the job's results. */
  Map<String, Object> export(String id, List<String> columns, Window window, Map<String, Object> where) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("columns", String.join(",", columns));
    window.addTo(form);
    form.putAll(where);
    String path = "/tables/" + encoded(id) + "/export-async";
    String job = text(object(http.postForm(path, form).repeatable().json(), path), "id");
    Map<String, Object> ended = object(http.get("/jobs/" + encoded(job)).awaitJson(answer -> {
      context.progress(0, 0);
      return !RUNNING.contains(text(object(answer, "/jobs"), "status"));
    }, LONGEST_EXPORT), "/jobs");
    if (!text(ended, "status").equals("success")) {
      throw failure(id, job, ended);
    }
    return object(ended.get("results"), "/jobs/" + job + ", results");
  }

  /** What went wrong inside of Keboola may go right the next time. */
  private static ConnectorException failure(String id, String job, Map<String, Object> ended) {
    Map<?, ?> error = ended.get("error") instanceof Map<?, ?> said ? said : Map.of();
    String message = ("the export of '" + id + "' failed in job " + job + ": " + error.get("message")).replaceAll("\\s+", " ");
    String code = String.valueOf(error.get("code"));
    message = message.substring(0, Math.min(message.length(), 600));
    return code.equals("null") || code.toLowerCase(java.util.Locale.ROOT).contains("internal")
        ? ConnectorException.transientFailure(message, null, null) : ConnectorException.permanent(message, null);
  }

  /** A file with the credentials to fetch it, which end after some time. */
  StorageFile file(String id) {
    String path = "/files/" + encoded(id);
    return new StorageFile(object(http.get(path).param("federationToken", 1).json(), path), context.settings().find("storage_url"));
  }

  /** Asks a storage, which gets no credentials of the stack. */
  HttpCall get(StorageFile.Place place) {
    HttpCall call = context.http().with(options -> options.baseUrl(place.origin()).auth(place.auth())).get(place.path());
    for (Map.Entry<String, String> header : place.headers().entrySet()) {
      call = call.header(header.getKey(), header.getValue());
    }
    return call;
  }

  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object json, String where) {
    if (json instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw ConnectorException.permanent(where + " gives no object; is url that of a Keboola stack?", null);
  }

  static List<?> list(Object json, String where) {
    if (json instanceof List<?> list) {
      return list;
    }
    throw ConnectorException.permanent(where + " gives no list; is url that of a Keboola stack?", null);
  }

  static String text(Map<String, Object> json, String field) {
    Object value = json.get(field);
    if (value instanceof String || value instanceof Number) {
      return String.valueOf(value);
    }
    throw ConnectorException.permanent("an answer has no '" + field + "'; is url that of a Keboola stack?", null);
  }
}
