package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One table for each operation that gives a list of records, and a reason for each other one. */
final class Tables {

  private static final Pattern IN_PATH = Pattern.compile("\\{([^{}]+)}");
  private static final Pattern IN_URL = Pattern.compile("/[A-Za-z0-9/_.~%!$&'()*+,;=:@-]*");
  /** Last words of a path that do not say of what. */
  private static final Set<String> VERBS = Set.of("search", "list", "all", "query", "find", "index");

  private final OpenAPI api;
  private final Schemas schemas;
  private final Operations operations;
  private final Settings settings;
  private final List<Table> tables = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  Tables(OpenAPI api, Settings settings) {
    this.api = api;
    this.schemas = new Schemas(api);
    this.operations = new Operations(api);
    this.settings = settings;
    api.getPaths().forEach((path, item) -> {
      if (item == null || item.get$ref() != null) {
        others.add(Text.line(path) + ": " + (item == null ? "nothing is said of it" : "what it refers to is not followed: " + Text.line(item.get$ref())));
      } else {
        item.readOperationsMap().forEach((method, operation) -> look(path, item, method, operation));
      }
    });
    if (api.getWebhooks() != null) {
      api.getWebhooks().keySet().forEach(name -> others.add("webhook " + Text.line(name) + ": events need code, and the capability stream"));
    }
  }

  List<Table> list() {
    return tables;
  }

  /** What became no table, one line each. */
  List<String> others() {
    return others;
  }

  private void look(String path, PathItem item, PathItem.HttpMethod method, Operation operation) {
    String reason = method == PathItem.HttpMethod.GET ? table(path, item, operation)
        : switch (method) {
          case HEAD, OPTIONS, TRACE -> "gives no rows";
          default -> "may change the source";
        };
    if (!reason.isEmpty()) {
      others.add(method + " " + Text.line(path) + ": " + reason);
    }
  }

  /** Adds the operation's table, or says why there is none. */
  private String table(String path, PathItem item, Operation get) {
    List<String> notes = new ArrayList<>();
    Optional<ApiResponse> response = operations.answer(get);
    if (response.isEmpty()) {
      return "the document does not say what it answers";
    }
    Optional<Schema<?>> schema = Operations.json(response.get());
    if (schema.isEmpty()) {
      return "it does not answer with JSON that is described";
    }
    String name = name(path);
    Optional<Answer> found = Answer.find(schema.get(), schemas, name);
    if (found.isEmpty()) {
      return noList(schemas.shape(schema.get(), Set.of()));
    }
    if (!IN_URL.matcher(IN_PATH.matcher(path).replaceAll("x")).matches()) {
      return "its path has characters that no URL has";
    }
    Matcher inPath = IN_PATH.matcher(path);
    while (inPath.find()) {
      String collection = path.substring(0, inPath.start()).replaceFirst("/$", "");
      if (api.getPaths().containsKey(collection) && api.getPaths().get(collection) != null && api.getPaths().get(collection).getGet() != null) {
        return "it has an answer for each '" + Text.line(inPath.group(1)) + "' of GET " + Text.line(collection) + ", which needs code";
      }
    }
    add(path, get, operations.parameters(item, get, notes), found.get(), response.get(), name, notes);
    return "";
  }

  private static String noList(Shape shape) {
    return !shape.problem().isEmpty() ? "nothing is known of its answer: " + shape.problem()
        : shape.list() ? "it answers with a list of values, or of records whose fields are not known"
        : "it answers with one record, not with a list of them";
  }

  private void add(String path, Operation get, List<Parameter> parameters, Answer answer, ApiResponse response, String name, List<String> notes) {
    List<Parameter> query = parameters.stream().filter(each -> each.getIn().equals("query")).toList();
    String filled = path;
    for (Parameter each : parameters) {
      if (each.getIn().equals("path") && path.contains("{" + each.getName() + "}")) {
        filled = filled.replace("{" + each.getName() + "}", "{" + settings.of(each) + "}");
      } else if (!each.getIn().equals("query") && Boolean.TRUE.equals(each.getRequired())) {
        notes.add("the " + Text.line(each.getIn()) + " '" + Text.line(each.getName()) + "' is required: set it under http.headers");
      }
    }
    // A parameter of the path that the document does not describe.
    filled = IN_PATH.matcher(filled).replaceAll(each -> settings.has(each.group(1)) ? Matcher.quoteReplacement(each.group())
        : Matcher.quoteReplacement("{" + settings.of(each.group(1), "") + "}"));
    Columns columns = new Columns(schemas).of(answer.record());
    answer.others().forEach(other -> notes.add("the answer has another list, '" + Text.line(other) + "', which is left out"));
    notes.addAll(columns.notes());
    boolean link = response.getHeaders() != null && response.getHeaders().keySet().stream().anyMatch("link"::equalsIgnoreCase);
    PagingProposal paging = PagingProposal.of(query, answer, link);
    notes.add(paging.note());
    Increment increment = Increment.of(name, columns.list(), query, schemas);
    notes.addAll(increment.notes());
    List<String> params = params(query, paging.used(), increment.param(), notes);
    notes.removeIf(String::isEmpty);
    tables.add(new Table(name, Text.line(get.getSummary() == null ? get.getDescription() : get.getSummary()), filled, params, answer.records(), paging.yaml(),
        increment.key(), increment.yaml(), columns.list(), notes));
  }

  /** What has to be sent; what could be sent is told. */
  private List<String> params(List<Parameter> query, Set<String> used, String since, List<String> notes) {
    List<String> params = new ArrayList<>();
    List<String> unsent = new ArrayList<>();
    for (Parameter each : query) {
      if (used.contains(each.getName()) || each.getName().equals(since)) {
        continue;
      }
      if (!Boolean.TRUE.equals(each.getRequired())) {
        unsent.add(Text.line(each.getName()));
        continue;
      }
      Schema<?> schema = each.getSchema();
      Object value = schema == null ? null : schema.getDefault() != null ? schema.getDefault()
          : schema.getEnum() != null && schema.getEnum().size() == 1 ? schema.getEnum().get(0) : null;
      boolean plain = value != null && !String.valueOf(value).matches("(?s).*[{}].*");
      params.add(Text.value(each.getName()) + ": " + Text.value(plain ? String.valueOf(value) : "{" + settings.of(each) + "}"));
    }
    if (!unsent.isEmpty()) {
      notes.add("could be sent as well, see params: " + String.join(", ", unsent));
    }
    return params;
  }

  private String name(String path) {
    List<String> words = List.of(path.split("/")).stream().filter(each -> !each.isEmpty() && !each.contains("{")).map(Text::name).toList();
    int from = Math.max(0, words.size() - 1);
    if (from > 0 && VERBS.contains(words.get(from))) {
      from--;
    }
    String name = words.isEmpty() ? "rows" : String.join("_", words.subList(from, words.size()));
    while (names.contains(name) && from > 0) {
      from--;
      name = String.join("_", words.subList(from, words.size()));
    }
    name = Text.name(name);
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }
}
