package io.connectorkit.connector.jira.fake;

import com.fasterxml.jackson.jr.ob.JSON;
import io.connectorkit.connector.jira.fake.FakeSearch.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an honest Jira answers, as it is documented. */
record FakeApi(FakeSite site, String url, FakeSearch search, int pageSize, int embeds) {

  private static final Pattern ISSUE = Pattern.compile("/rest/api/3/issue/([^/]+)(?:/(comment|changelog|remotelink))?");
  private static final Pattern ORGANIZATION = Pattern.compile("/jsm/csm/cloudid/cloud-1/api/v1/organization/(\\d+)");

  Reply answer(String path, Map<String, String> params, byte[] body) {
    String local = path.replaceFirst("^/ex/jira/cloud-1/", "/");
    Matcher issue = ISSUE.matcher(local);
    Matcher organization = ORGANIZATION.matcher(local);
    if (issue.matches()) {
      FakeIssue found = site.find(issue.group(1));
      return found == null ? Reply.error(404, "Issue does not exist or you do not have permission to see it.") : issue(found, issue.group(2), params);
    }
    if (organization.matches()) {
      return organization(Long.parseLong(organization.group(1)));
    }
    return switch (local) {
      case "/rest/api/3/serverInfo" -> Reply.json(IssueJson.object("baseUrl", url, "deploymentType", "Cloud", "serverTime", json().time(site.now())));
      case "/rest/api/3/myself" -> Reply.json(IssueJson.object("accountId", "1", "emailAddress", FakeJira.EMAIL, "timeZone", search.zone().getId()));
      case "/rest/api/3/search/jql" -> search(body);
      case "/rest/servicedeskapi/organization" -> organizations(params);
      case "/_edge/tenant_info" -> Reply.json(Map.of("cloudId", "cloud-1"));
      default -> Reply.error(404, "null for uri: " + local);
    };
  }

  private IssueJson json() {
    return new IssueJson(url, search.zone(), embeds);
  }

  private Reply issue(FakeIssue issue, String part, Map<String, String> params) {
    if (part == null) {
      return Reply.json(only(json().issue(issue), List.of(params.get("fields").split(","))));
    }
    return switch (part) {
      case "comment" -> page("comments", issue.comments, json()::comment, params, "startAt", "maxResults");
      case "changelog" -> page("values", issue.histories, json()::history, params, "startAt", "maxResults");
      default -> Reply.json(json().remoteLinks(issue));
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> only(Map<String, Object> issue, List<?> fields) {
    ((Map<String, Object>) issue.get("fields")).keySet().removeIf(field -> !fields.contains(field));
    return issue;
  }

  private static <T> Reply page(String name, List<T> all, Function<T, Object> json, Map<String, String> params, String start, String size) {
    int from = Math.min(all.size(), Integer.parseInt(params.getOrDefault(start, "0")));
    int most = Math.min(100, Integer.parseInt(params.getOrDefault(size, "50")));
    List<Object> some = all.stream().skip(from).limit(most).map(json).toList();
    Map<String, Object> page = IssueJson.object(start, from, size, most, "isLast", from + some.size() >= all.size(), name, some);
    page.put(start.equals("start") ? "size" : "total", start.equals("start") ? some.size() : all.size());
    return Reply.json(page);
  }

  private Reply search(byte[] body) {
    try {
      Map<String, Object> query = JSON.std.mapFrom(body);
      List<FakeIssue> found = search.find((String) query.get("jql"));
      Object token = query.get("nextPageToken");
      String after = token == null ? "" : new String(Base64.getDecoder().decode((String) token), StandardCharsets.UTF_8);
      int most = Math.min(pageSize, ((Number) query.get("maxResults")).intValue());
      // By the place in the order, so that nothing shifts when an issue before it goes.
      List<FakeIssue> rest = found.stream().filter(issue -> place(issue).compareTo(after) > 0).toList();
      List<Object> issues = new ArrayList<>();
      rest.stream().limit(most).forEach(issue -> issues.add(only(json().issue(issue), (List<?>) query.get("fields"))));
      Map<String, Object> page = IssueJson.object("issues", issues, "isLast", rest.size() <= most);
      if (rest.size() > most) {
        page.put("nextPageToken", Base64.getEncoder().encodeToString(place(rest.get(most - 1)).getBytes(StandardCharsets.UTF_8)));
      }
      return Reply.json(page);
    } catch (Refused e) {
      return Reply.error(400, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String place(FakeIssue issue) {
    // Of as many digits for each, in the order of time; a page asks that of all issues, which is why it is no format.
    return (1_000_000_000_000_000L + issue.created.toEpochMilli()) + " " + issue.key;
  }

  private Reply organizations(Map<String, String> params) {
    List<Map.Entry<Long, String>> all = List.copyOf(site.organizations().entrySet());
    return page("values", all, each -> IssueJson.object("id", String.valueOf(each.getKey()), "name", each.getValue()), params, "start", "limit");
  }

  private Reply organization(long id) {
    if (!site.organizations().containsKey(id)) {
      return Reply.error(404, "no such organization");
    }
    List<Object> details = new ArrayList<>();
    site.details(id).forEach((name, value) -> details.add(value instanceof List<?> ? IssueJson.object("id", "d-" + name, "name", name, "values", value)
        : IssueJson.object("id", "d-" + name, "name", name, "value", Map.of("text", value))));
    return Reply.json(IssueJson.object("id", String.valueOf(id), "name", site.organizations().get(id), "details", details));
  }
}
