package io.connectorkit.connector.keboola.fake;

import com.sun.net.httpserver.HttpExchange;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keboola's Storage API with tables of a test's making. It has a clock of its own, which stands still until it is told. */
public final class FakeKeboola extends FakeServer {

  public static final String TOKEN = "123-fake-storage-token";

  /** What may become of an answer. */
  public enum Spoil {
    NONE, THROTTLE, UNAVAILABLE, FORBID,
    /** Half of it, then the connection breaks. */
    CUT,
    /** Half of it, then nothing until the fake is closed. */
    HANG,
    /** Without its last line, which only the number of rows tells. */
    SHORTEN,
    /** Something else, with the status of a good answer. */
    PAGE
  }

  private static final Pattern TABLE = Pattern.compile("/v2/storage/tables/([^/]+)(/export-async)?");
  private static final Pattern OTHER = Pattern.compile("/v2/storage/(jobs|files|buckets)/([^/]+)(/tables)?");
  private final Map<String, FakeTable> tables = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicInteger> jobs = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Object>> results = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger(100);
  private final AtomicLong clock = new AtomicLong(LocalDateTime.of(2026, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC));
  private final FakeStorage storage = new FakeStorage();
  private volatile String token = TOKEN;
  private volatile boolean tellingRows = true;
  private volatile String failing = "";
  private volatile int polls;

  /** A new table, in place of one of that id; columns as for {@link FakeTable#columns}. */
  public FakeTable table(String id, List<String> key, String... columns) {
    FakeTable table = new FakeTable(id, key, clock, columns);
    tables.put(id, table);
    return table;
  }

  /** The tables are gone. */
  public void drop(String id) {
    tables.remove(id);
  }

  public FakeStorage storage() {
    return storage;
  }

  /** Lets time pass. */
  public void pass(long seconds) {
    clock.addAndGet(seconds);
  }

  /** Has another token be the right one. */
  public void token(String other) {
    token = other;
  }

  /** Whether jobs tell how many rows they exported; some stacks do not. */
  public void tellRows(boolean yes) {
    tellingRows = yes;
  }

  /** How often a job is not done yet when it is asked for. */
  public void polls(int times) {
    polls = times;
  }

  /** Has exports fail with this, as JSON. */
  public void failExports(String error) {
    failing = error;
  }

  @Override
  Answer answer(HttpExchange exchange, String path, String body) {
    // Answers to anybody, which is why it checks no token.
    if (path.equals("/v2/storage")) {
      return Answer.of(200, "{\"api\": \"storage\"}");
    }
    if (!token.equals(exchange.getRequestHeaders().getFirst("X-StorageApi-Token"))) {
      return Answer.of(401, "{\"error\": \"Invalid access token\", \"code\": \"storage.tokenInvalid\"}");
    }
    Matcher table = TABLE.matcher(path);
    Matcher other = OTHER.matcher(path);
    if (path.equals("/v2/storage/tokens/verify")) {
      return json(Map.of("id", "1", "owner", Map.of("id", 7, "name", "Fake")));
    }
    if (path.equals("/v2/storage/tables")) {
      return json(tables.values().stream().map(each -> each.detail(true)).toList());
    }
    if (table.matches() && tables.containsKey(table.group(1))) {
      FakeTable found = tables.get(table.group(1));
      return table.group(2) == null ? json(found.detail(false)) : export(found, fields(body));
    }
    return other.matches() ? other(other.group(1), other.group(2)) : Answer.of(404, "{\"error\": \"not found\", \"code\": \"storage.notFound\"}");
  }

  private static Answer json(Object value) {
    return Answer.of(200, Json.of(value));
  }

  private Answer other(String kind, String id) {
    if (kind.equals("files")) {
      return json(storage.file(id));
    }
    if (kind.equals("buckets")) {
      List<Object> found = tables.values().stream().filter(each -> each.id().startsWith(id + ".")).map(each -> (Object) each.detail(true)).toList();
      return found.isEmpty() ? Answer.of(404, "{\"error\": \"Bucket " + id + " not found\"}") : json(found);
    }
    Map<String, Object> job = new LinkedHashMap<>(Map.of("id", Long.valueOf(id)));
    int left = jobs.get(id).getAndDecrement();
    job.put("status", left > 1 ? "waiting" : left > 0 ? "processing" : failing.isEmpty() ? "success" : "error");
    if (left <= 0 && failing.isEmpty()) {
      job.put("results", results.get(id));
    }
    String text = Json.of(job);
    return Answer.of(200, left > 0 || failing.isEmpty() ? text : text.substring(0, text.length() - 1) + ", \"error\": " + failing + "}");
  }

  private Answer export(FakeTable table, Map<String, String> form) {
    List<String> columns = List.of(form.get("columns").split(","));
    if (!table.columns().containsAll(columns)) {
      return Answer.of(400, "{\"error\": \"Some columns are not in the table\", \"code\": \"storage.tables.validation\"}");
    }
    Predicate<FakeTable.Row> where = row -> true;
    for (int i = 0; form.containsKey("whereFilters[" + i + "][column]"); i++) {
      where = where.and(filter(table, form, "whereFilters[" + i + "]"));
    }
    String id = String.valueOf(ids.incrementAndGet());
    List<List<String>> rows = table.rows(Long.parseLong(form.getOrDefault("changedSince", "0")),
        Long.parseLong(form.getOrDefault("changedUntil", String.valueOf(Long.MAX_VALUE))), columns, where);
    if (table.files().isEmpty()) {
      storage.keep(id, columns, rows);
    } else {
      storage.keep(id, table.files());
    }
    Map<String, Object> result = new LinkedHashMap<>(Map.of("file", Map.of("id", Long.valueOf(id))));
    if (tellingRows) {
      result.put("totalRowsCount", table.files().isEmpty() ? rows.size() : table.detail(false).get("rowsCount"));
    }
    results.put(id, result);
    jobs.put(id, new AtomicInteger(polls));
    return Answer.of(202, Json.of(Map.of("id", Long.valueOf(id), "status", "waiting")));
  }

  private static Predicate<FakeTable.Row> filter(FakeTable table, Map<String, String> form, String name) {
    int column = table.columns().indexOf(form.get(name + "[column]"));
    String operator = form.get(name + "[operator]");
    List<String> values = form.entrySet().stream().filter(each -> each.getKey().startsWith(name + "[values]")).map(Map.Entry::getValue).toList();
    return row -> {
      String cell = String.valueOf(row.cells().get(column));
      int order = cell.compareTo(values.get(0));
      return switch (operator) {
        case "eq" -> values.contains(cell);
        case "ne" -> !values.contains(cell);
        case "gt" -> order > 0;
        case "ge" -> order >= 0;
        case "lt" -> order < 0;
        default -> order <= 0;
      };
    };
  }

  @Override
  public void close() {
    super.close();
    storage.close();
  }
}
