package io.connectorkit.connector.jira;

import static io.connectorkit.api.Paging.byOffset;
import static io.connectorkit.api.Paging.byToken;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Http;
import io.connectorkit.api.Settings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What is asked of Jira Cloud, by version 3 of its API. Safe from any thread, during one call. */
final class Jira {

  static final Pattern KEY = Pattern.compile("[A-Z][A-Z0-9]{0,31}-[0-9]{1,12}");
  static final Pattern ID = Pattern.compile("[0-9]{1,18}");
  private static final String API = "/rest/api/3/";
  private static final int PAGE = 100;

  /** A list that comes with an issue, unless it is too long, and as pages of its own. */
  enum Part {
    COMMENTS("fields.comment", "comments", "comment", "comments"), CHANGELOG("changelog", "histories", "changelog", "values");

    private final String embed;
    private final String embedded;
    private final String path;
    private final String records;

    Part(String embed, String embedded, String path, String records) {
      this.embed = embed;
      this.embedded = embedded;
      this.path = path;
      this.records = records;
    }
  }

  private final Settings settings;
  private final Http http;
  private final List<String> fields;

  Jira(ConnectorContext context, List<String> fields) {
    this.settings = context.settings();
    this.fields = fields;
    Optional<String> cloud = settings.find("cloud_id");
    this.http = cloud.isEmpty() ? context.http() : context.http().with(options -> options.baseUrl(settings.text("api_url") + "/ex/jira/" + cloud.get()));
  }

  /** The time by Jira's clock. */
  Instant now() {
    Object time = Values.time(Json.at(http.get(API + "serverInfo").json(), "serverTime"));
    return time instanceof Instant instant ? instant : refuse("its time is given as '" + time + "'");
  }

  /** The zone of the account, in which JQL has its times. */
  ZoneId zone() {
    Object zone = Json.at(http.get(API + "myself").json(), "timeZone");
    try {
      return ZoneId.of(String.valueOf(zone));
    } catch (DateTimeException e) {
      return refuse("the account's time zone is given as '" + zone + "'");
    }
  }

  private static <T> T refuse(String what) {
    throw ConnectorException.permanent("Jira cannot be understood: " + what, null);
  }

  /** The issues that JQL finds, with their changelog, each one once; a page is asked for when it is needed. */
  Iterator<Map<String, Object>> search(String jql) {
    Map<String, Object> query = Map.of("jql", jql, "maxResults", PAGE, "fields", fields, "expand", "changelog");
    Set<Object> seen = new HashSet<>();
    return each(http.post(API + "search/jql", query).repeatable().paged(byToken("nextPageToken")).pages("issues"))
        .filter(issue -> seen.add(issue.get("id"))).iterator();
  }

  private static Stream<Map<String, Object>> each(Iterator<List<Map<String, Object>>> pages) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, 0), false).flatMap(List::stream);
  }

  /**
   * One issue; empty if it is gone.
   *
   * @param name id or key, checked
   */
  Optional<Map<String, Object>> issue(String name) {
    return http.get(API + "issue/" + name).param("fields", String.join(",", fields)).param("expand", "changelog").find().map(Json::object);
  }

  /** A list that came with an issue; empty if not all of it did. */
  static Optional<List<Map<String, Object>>> embedded(Map<String, Object> issue, Part part) {
    return Json.at(issue, part.embed + ".total") instanceof Number total
        ? Optional.of(list(issue, part)).filter(list -> list.size() >= total.longValue()) : Optional.empty();
  }

  private static List<Map<String, Object>> list(Map<String, Object> issue, Part part) {
    return Json.objects(Json.at(issue, part.embed + "." + part.embedded));
  }

  /**
   * All of a list of an issue, whatever of it came with it.
   *
   * @throws ConnectorException if not all of it is known
   */
  List<Map<String, Object>> all(Map<String, Object> issue, Part part) {
    // What came are the newest ones, and pages may shift while they are read: each one counts once.
    Map<Object, Map<String, Object>> all = new LinkedHashMap<>();
    Stream.concat(each(http.get(API + "issue/" + id(issue) + "/" + part.path).paged(byOffset("startAt", "maxResults", PAGE).of("total"))
        .pages(part.records)), list(issue, part).stream()).forEach(one -> all.putIfAbsent(one.get("id"), one));
    Object total = Json.at(issue, part.embed + ".total");
    if (total != null && !(total instanceof Number count && all.size() >= count.longValue())) {
      throw ConnectorException.transientFailure("issue " + key(issue) + " has " + total + " " + part.records + " by its own account, and "
          + all.size() + " came", null, null);
    }
    return List.copyOf(all.values());
  }

  /** The remote links of an issue. */
  List<Map<String, Object>> remoteLinks(Map<String, Object> issue) {
    List<Map<String, Object>> links = http.get(API + "issue/" + id(issue) + "/remotelink").find().map(Json::objects).orElse(List.of());
    links.forEach(Jira::id);
    return links;
  }

  /** The id of an object, fit for a path. */
  static String id(Map<String, Object> object) {
    String id = String.valueOf(object.get("id"));
    return ID.matcher(id).matches() ? id : refuse("something has the id '" + id + "'");
  }

  /** The key of an issue. */
  static String key(Map<String, Object> issue) {
    String key = String.valueOf(issue.get("key"));
    return KEY.matcher(key).matches() ? key : refuse("an issue has the key '" + key + "'");
  }

  /** Where people look at an issue. */
  String page(String key) {
    return settings.text("url").replaceFirst("/+$", "") + "/browse/" + key;
  }

  /** Whether an issue is one of the projects that are wanted. */
  boolean wanted(Map<String, Object> issue) {
    List<String> projects = settings.list("projects");
    return projects.isEmpty() || Json.at(issue, "fields.project.key") instanceof String project && projects.contains(project);
  }

  /** Requests at a time. */
  int parallel() {
    return Integer.parseInt(settings.text("parallel"));
  }

  /** The organizations of Jira Service Management. */
  Iterator<Map<String, Object>> organizations() {
    return each(http.get("/rest/servicedeskapi/organization").paged(byOffset("start", "limit", PAGE / 2)).pages("values")).iterator();
  }

  /** Gives the details of an organization; nothing if it is gone. */
  Function<String, Optional<Object>> details() {
    Supplier<String> asked = () -> String.valueOf(Json.at(http.get("/_edge/tenant_info").json(), "cloudId"));
    String cloud = settings.find("cloud_id").orElseGet(asked);
    Http service = http.with(options -> options.baseUrl(settings.text("api_url") + "/jsm/csm/cloudid/" + cloud + "/api/v1"));
    return id -> service.get("/organization/" + id).find();
  }
}
