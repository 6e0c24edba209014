package io.connectorkit.connector.jira.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Jira Cloud's API over a {@link FakeSite}, which can be told to misbehave. */
public final class FakeJira implements AutoCloseable {

  public static final String EMAIL = "robot@example.com";
  public static final String TOKEN = "fake-jira-token";

  static {
    // Else each answer on a kept connection waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** Something that happens at requests whose path has a part in it: after so many others, so many times. */
  private record Fault(String part, AtomicInteger before, AtomicInteger times, Function<Supplier<Reply>, Reply> answer) {

    boolean due(String path) {
      return path.contains(part) && before.getAndDecrement() <= 0 && times.getAndDecrement() > 0;
    }
  }

  private final FakeSite site;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private volatile String token = TOKEN;
  private volatile ZoneId zone = ZoneId.of("Europe/Prague");
  private volatile Duration latency = Duration.ZERO;
  private volatile Duration lag = Duration.ZERO;
  private volatile int pageSize = 100;
  private volatile int embeds = 100;

  public FakeJira(FakeSite site) {
    this(site, 0);
  }

  /** At a port, where one was before. */
  public FakeJira(FakeSite site, int port) {
    this.site = site;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public FakeSite site() {
    return site;
  }

  public String url() {
    return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The rows that a connector has to make of all this. */
  public ExpectedRows expected() {
    return new ExpectedRows(site, url());
  }

  /** The account's time zone. */
  public FakeJira zone(ZoneId other) {
    zone = other;
    return this;
  }

  /** How long each answer takes. */
  public FakeJira latency(Duration time) {
    latency = time;
    return this;
  }

  /** How far the index of searches is behind. */
  public FakeJira lag(Duration time) {
    lag = time;
    return this;
  }

  /** Most issues on a page, and most comments and entries of the history that come with an issue. */
  public FakeJira limits(int page, int embedded) {
    pageSize = page;
    embeds = embedded;
    return this;
  }

  /** Has only this token count from now on. */
  public void token(String other) {
    token = other;
  }

  /** Spoils answers to requests whose path has a part in it, after so many good ones so many times. */
  public void spoil(String part, int before, int times, UnaryOperator<Reply> spoiling) {
    faults.add(new Fault(part, new AtomicInteger(before), new AtomicInteger(times), honest -> spoiling.apply(honest.get())));
  }

  /** Has something happen before the answer to a request whose path has a part in it, after so many others. */
  public void before(String part, int count, Runnable event) {
    faults.add(new Fault(part, new AtomicInteger(count), new AtomicInteger(1), honest -> {
      event.run();
      return honest.get();
    }));
  }

  /** Behaves again. */
  public void behave() {
    faults.clear();
  }

  /** The body of a webhook's request. */
  public String event(String name, String key) {
    IssueJson json = new IssueJson(url(), zone, 0);
    FakeIssue issue = site.find(key);
    return new String(Reply.json(IssueJson.object("timestamp", site.now().toEpochMilli(), "webhookEvent", name,
        "issue", name.startsWith("jira:issue") ? json.told(issue) : json.mentioned(issue))).body(), StandardCharsets.UTF_8);
  }

  /** What it was asked since the last time: method and path with query. */
  public List<String> asked() {
    synchronized (asked) {
      List<String> all = List.copyOf(asked);
      asked.clear();
      return all;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    boolean known = ("Basic " + Base64.getEncoder().encodeToString((EMAIL + ":" + token).getBytes(StandardCharsets.UTF_8)))
        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
    Supplier<Reply> honest = () -> known ? new FakeApi(site, url(), new FakeSearch(site, zone, lag), pageSize, embeds)
        .answer(path, params(exchange.getRequestURI().getRawQuery()), body) : Reply.error(401, "Client must be authenticated to access this resource.");
    Optional<Fault> fault = faults.stream().filter(each -> each.due(path)).findFirst();
    Reply reply = fault.isEmpty() ? honest.get() : fault.get().answer().apply(honest);
    if (latency.isZero()) {
      send(exchange, reply);
    } else {
      timer.schedule(() -> threads.execute(() -> send(exchange, reply)), latency.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static Map<String, String> params(String query) {
    Map<String, String> params = new TreeMap<>();
    for (String param : query == null ? new String[0] : query.split("&")) {
      String[] parts = param.split("=", 2);
      params.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return params;
  }

  private static void send(HttpExchange exchange, Reply reply) {
    try (exchange) {
      if (reply.retryAfter() != null) {
        exchange.getResponseHeaders().add("Retry-After", reply.retryAfter());
      }
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), reply.body().length);
      OutputStream out = exchange.getResponseBody();
      int first = reply.until() == null ? 0 : reply.body().length / 2;
      out.write(reply.body(), 0, first);
      if (reply.until() != null) {
        out.flush();
        reply.until().await();
      }
      out.write(reply.body(), first, reply.body().length - reply.cut() - first);
      out.flush();
    } catch (IOException e) {
      // Whoever asked does not listen any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends at once, in the middle of whatever it says. */
  @Override
  public void close() {
    server.stop(0);
    timer.shutdownNow();
    threads.shutdownNow();
  }
}
