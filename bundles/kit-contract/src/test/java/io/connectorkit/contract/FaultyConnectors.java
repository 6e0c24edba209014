package io.connectorkit.contract;

import static io.connectorkit.api.TableInfo.table;
import static io.connectorkit.api.Types.int32;
import static io.connectorkit.api.Types.int64;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Capability;
import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.Event;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/** For each check one connector that breaks its rule and no other. */
final class FaultyConnectors {

  private static final TableInfo NUMBERS = table("numbers").column("n", int64()).column("twice", int64()).build();

  private final Map<String, Supplier<Subject>> faulty = new LinkedHashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);

  FaultyConnectors() {
    declared();
    discovered();
    rows();
    requests();
    errors();
    servers();
    attachments();
    events();
    endings();
  }

  Map<String, Supplier<Subject>> all() {
    return faulty;
  }

  /** Lets threads end that were started to be left behind. */
  void end() {
    over.countDown();
  }

  private void declared() {
    faulty.put("declaration-agrees", () -> new Shop().packed(Shop.YAML.replace("1.0.0", "1.0.1"), Shop.COMPONENT));
    faulty.put("capabilities-are-implemented", () -> {
      Subject good = new Shop().packed();
      Discovers half = new Shop()::discover;
      return new Subject(half, good.packaging(), good.settings(), good.secrets(), good.surroundings(), good.server());
    });
    faulty.put("component-is-plain", () -> new Shop().packed(Shop.YAML, Shop.COMPONENT.replace("policy=\"ignore\"", "policy=\"require\"")));
  }

  private void discovered() {
    faulty.put("discovery-answers", () -> new Shop() {
      @Override
      public List<TableInfo> discover(ConnectorContext context) {
        return null;
      }
    }.packed());
    AtomicInteger calls = new AtomicInteger();
    faulty.put("discovery-repeats", () -> new Shop() {
      @Override
      public List<TableInfo> discover(ConnectorContext context) {
        super.discover(context);
        return List.of(table("returns").describedAs("asked " + calls.incrementAndGet() + " times").columns(Shop.RETURNS.schema()).build());
      }
    }.packed());
    faulty.put("table-names-are-valid", () -> numbers(table("x").as("_meta").columns(NUMBERS.schema()).build()));
    faulty.put("columns-are-valid", () -> numbers(table("x").column("n", int64()).column("N", int64()).build()));
    faulty.put("table-capabilities-are-the-connectors",
        () -> numbers(table("x").can(Set.of(Capability.READ, Capability.STREAM)).columns(NUMBERS.schema()).build()));
  }

  private static Subject numbers(TableInfo table) {
    return new Shop().with(table, FaultyConnectors::numbers).packed();
  }

  private static BatchSource numbers(ReadRequest request) {
    return BatchSource.rows(request, numbers(20));
  }

  private static Stream<Object[]> numbers(int count) {
    return LongStream.range(0, count).mapToObj(n -> new Object[] {n, 2 * n});
  }

  private static Subject subject(TableInfo table, Function<ReadRequest, BatchSource> source) {
    return new Shop().with(table, source).packed();
  }

  /** Rows by the columns of another table than the declared one. */
  private static BatchSource as(ReadRequest request, TableInfo other, Object... row) {
    ProbeRequest wrong = new ProbeRequest(request.context(), other, Optional.empty(), List.of(), List.of(), Split.WHOLE, request.batchSize());
    return BatchSource.rows(wrong, row.length == 0 ? Stream.empty() : Stream.<Object[]>of(row));
  }

  private void rows() {
    faulty.put("tables-are-readable", () -> subject(NUMBERS, request -> {
      throw ConnectorException.permanent("the source has no numbers today", null);
    }));
    faulty.put("reads-are-in-time", () -> subject(NUMBERS, request -> BatchSource.rows(request, numbers(2).peek(row -> await(over)))));
    faulty.put("schema-matches-batches", () -> subject(NUMBERS,
        request -> as(request, table("numbers").column("n", int64()).column("twice", int32()).build(), 1, 2)));
    faulty.put("empty-table-has-its-columns", () -> subject(NUMBERS, request -> as(request, table("numbers").build())));
    faulty.put("key-is-unique", () -> subject(table("numbers").key("n").column("n", int64()).build(),
        request -> BatchSource.rows(request, Stream.of(new Object[] {7}, new Object[] {8}, new Object[] {7}))));
    faulty.put("key-is-not-null", () -> subject(table("numbers").key("n").column(Field.nullable("n", int64())).build(),
        request -> BatchSource.rows(request, Stream.of(new Object[] {7}, new Object[] {null}))));
    faulty.put("required-columns-are-filled", () -> subject(table("numbers").column(Field.notNullable("n", int64())).build(),
        request -> as(request, table("numbers").column("n", int64()).build(), (Object) null)));
    faulty.put("reread-gives-the-same-rows", () -> subject(NUMBERS,
        request -> BatchSource.rows(request, Stream.<Object[]>of(new Object[] {1, ThreadLocalRandom.current().nextLong()}))));
    faulty.put("batch-size-does-not-matter",
        () -> subject(NUMBERS, request -> BatchSource.rows(request, numbers(request.batchSize() < 10 ? 19 : 20))));
    AtomicInteger reading = new AtomicInteger();
    faulty.put("reads-go-side-by-side", () -> subject(NUMBERS, request -> {
      reading.incrementAndGet();
      return BatchSource.rows(request, numbers(20).map(row -> reading.get() > 1 ? new Object[] {row[0], 7} : row).onClose(reading::decrementAndGet));
    }));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void requests() {
    faulty.put("projection-keeps-rows", () -> subject(NUMBERS, request -> BatchSource.rows(request, numbers(request.columns().size() == 2 ? 20 : 19))));
    faulty.put("filters-lose-no-row", () -> subject(NUMBERS, request -> BatchSource.rows(request, numbers(request.filters().isEmpty() ? 20 : 10))));
    faulty.put("watermark-is-inclusive", () -> subject(table("numbers").column("n", int64()).column("twice", int64()).incrementalOn("n").build(),
        request -> BatchSource.rows(request, numbers(20).filter(row -> (long) row[0] > request.watermark().map(w -> (long) w.value()).orElse(-1L)))));
    faulty.put("end-watermark-is-accepted", () -> subject(NUMBERS, request -> {
      if (request.watermark().isPresent()) {
        throw ConnectorException.permanent("page " + request.watermark().get().text() + " is no page", null);
      }
      return numbers(request).endingAt(() -> Watermark.opaque("seven"));
    }));
    faulty.put("splits-are-the-whole", () -> new Shop() {
      @Override
      public List<Split> splits(ReadRequest request) {
        return request.table().equals(ORDERS) ? List.of(new Split(1, "0-11"), new Split(1, "10-20")) : super.splits(request);
      }
    }.packed());
  }

  private void errors() {
    faulty.put("unknown-table-is-refused", () -> new Shop() {
      @Override
      RuntimeException unknown(ReadRequest request) {
        return new IllegalStateException("what is " + request.table().sourceId() + "?");
      }
    }.packed());
    faulty.put("errors-are-one-line", () -> new Shop() {
      @Override
      RuntimeException unknown(ReadRequest request) {
        return ConnectorException.permanent("no such table\n\tat the shop", null);
      }
    }.packed());
    faulty.put("wrong-secret-is-an-authentication-error", () -> new Shop() {
      @Override
      ConnectorException refused(String token) {
        return ConnectorException.transientFailure("the shop answers 401", null, null);
      }
    }.packed());
    faulty.put("secrets-are-not-told", () -> new Shop() {
      @Override
      ConnectorException refused(String token) {
        return ConnectorException.authentication("the shop refuses the token", new IOException("GET /orders?token=" + token));
      }
    }.packed());
  }

  private void servers() {
    faulty.put("throttling-is-respected", () -> new WebShop() {
      @Override
      ConnectorException refused(int status, Duration after) {
        return status == 429 ? super.refused(status, null) : super.refused(status, after);
      }
    }.packed());
    faulty.put("server-errors-are-transient", () -> new WebShop() {
      @Override
      ConnectorException refused(int status, Duration after) {
        return status == 429 ? super.refused(status, after) : ConnectorException.permanent("the shop answers " + status, null);
      }
    }.packed());
    faulty.put("half-an-answer-is-an-error", () -> new WebShop() {
      @Override
      JsonNode unreadable(JsonProcessingException e) {
        return JsonNodeFactory.instance.objectNode();
      }
    }.packed());
    faulty.put("a-slow-answer-is-cancelled", () -> new WebShop() {
      @Override
      HttpResponse<String> send(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
      }
    }.packed());
    faulty.put("a-page-that-comes-again-ends", () -> new WebShop() {
      @Override
      int following(int page, int next) {
        return next;
      }
    }.packed());
    faulty.put("drift-between-pages-is-an-error", () -> new WebShop() {
      @Override
      Object value(JsonNode value) {
        return value.asInt();
      }
    }.packed());
  }

  private static Supplier<Subject> attaching(UnaryOperator<RemoteAttach> change) {
    return () -> new LiveShop() {
      @Override
      public RemoteAttach attach(ConnectorContext context, List<TableInfo> tables) {
        return change.apply(super.attach(context, tables));
      }
    }.packed();
  }

  private void attachments() {
    faulty.put("attachment-is-well-formed",
        attaching(attach -> new RemoteAttach("main", attach.extension(), attach.url(), attach.tokenEnv(), attach.tables())));
    faulty.put("attachment-token-is-declared", attaching(attach -> attach.tokenIn("JWT_SECRET_KEY")));
    faulty.put("attachment-tells-no-secret", attaching(attach -> attach.withCall(LiveShop.CATALOG, "keboola_query", "token", Shop.TOKEN)));
    faulty.put("remote-tables-have-relations", attaching(attach -> attach.withCall(LiveShop.CATALOG, "read_text", "/etc/passwd")));
  }

  /** Another fault that a check finds, and a part of what it says. */
  record Fault(String check, String words, Supplier<Subject> subject) {}

  List<Fault> more() {
    String stock = LiveShop.STOCK.sourceId();
    String form = "attachment-is-well-formed";
    String relations = "remote-tables-have-relations";
    String unknown = "unknown-event-changes-nothing";
    String fit = "changes-fit-their-tables";
    return List.of(
        new Fault(form, "extension 'LOAD'", attaching(attach -> new RemoteAttach("a", "LOAD", attach.url(), "", Map.of("in.c-main.stock",
            new RemoteAttach.Name(List.of("x")), "catalog", new RemoteAttach.Name(List.of("y")))))),
        new Fault(form, "holds credentials", attaching(attach -> new RemoteAttach("a", "keboola", "https://me:pw@x.example", "", attach.tables()))),
        new Fault(form, "parameter for a secret", attaching(attach -> new RemoteAttach("a", "keboola", "https://x.example?token=1", "", attach.tables()))),
        new Fault(relations, "nothing stands behind table 'catalog'", attaching(attach -> new RemoteAttach("a", "keboola", attach.url(), "",
            Map.of("in.c-main.stock", new RemoteAttach.Name(List.of("x")))))),
        new Fault(relations, "none empty", attaching(attach -> attach.with(LiveShop.CATALOG, "in.c-main", ""))),
        new Fault(unknown, "must be a ConnectorException", streaming(event -> {
          if (event.text().startsWith("stock.")) {
            return new Changes();
          }
          throw new IllegalStateException("what is that?");
        })),
        new Fault(unknown, "gives 1 changes", streaming(event -> event.text().startsWith("stock.") ? new Changes()
            : new Changes().delete(stock, Map.of("sku", "a-1")))),
        new Fault(fit, "does not list", changed(new Changes().delete("nowhere", Map.of("sku", "a-1")))),
        new Fault(fit, "has not the capability stream", changed(new Changes().upsert("catalog", Map.of("sku", "a-1")))),
        new Fault(fit, "no value for 'sku'", changed(new Changes().upsert(stock, Map.of("count", 1)))),
        new Fault(fit, "which the table has not", changed(new Changes().delete(stock, Map.of("colour", "red")))),
        new Fault(fit, "'count'", changed(new Changes().delete(stock, Map.of("count", "seven")))));
  }

  private static Supplier<Subject> changed(Changes changes) {
    return streaming(event -> event.text().equals("stock.changed") ? changes : new Changes());
  }

  private static Supplier<Subject> streaming(Function<Event, Changes> made) {
    return () -> new LiveShop() {
      @Override
      public Changes changes(ConnectorContext context, List<TableInfo> tables, List<Event> events) {
        Changes changes = new Changes();
        events.forEach(event -> changes.addAll(made.apply(event)));
        return changes;
      }
    }.packed();
  }

  private void events() {
    String stock = LiveShop.STOCK.sourceId();
    faulty.put("unknown-event-changes-nothing", streaming(event -> {
      if (event.text().startsWith("stock.")) {
        return new Changes();
      }
      throw ConnectorException.transientFailure("what is that?", null, null);
    }));
    faulty.put("changes-fit-their-tables", streaming(event -> event.text().equals("stock.changed")
        ? new Changes().upsert(stock, Map.of("sku", "a-1", "count", "seven")) : new Changes()));
    AtomicInteger number = new AtomicInteger();
    faulty.put("an-event-gives-the-same-changes-again", streaming(event -> event.text().equals("stock.changed")
        ? new Changes().upsert(stock, Map.of("sku", "a-" + number.incrementAndGet())) : new Changes()));
  }

  private void endings() {
    faulty.put("end-of-stream-stays", () -> reader(request -> new PassingReader(request, numbers(request)) {
      private boolean ended;

      @Override
      public boolean loadNextBatch() throws IOException {
        boolean again = ended;
        ended |= !super.loadNextBatch();
        return again || !ended;
      }
    }));
    faulty.put("close-works-early", () -> reader(request -> new PassingReader(request, numbers(request)) {
      private boolean begun;

      @Override
      public boolean loadNextBatch() throws IOException {
        begun = true;
        return super.loadNextBatch();
      }

      @Override
      public void close() throws IOException {
        super.close();
        if (!begun) {
          throw new IOException("nothing to close");
        }
      }
    }));
    faulty.put("close-works-twice", () -> reader(request -> new PassingReader(request, numbers(request)) {
      private boolean closed;

      @Override
      public void close() throws IOException {
        super.close();
        if (closed) {
          throw new IOException("closed already");
        }
        closed = true;
      }
    }));
    faulty.put("read-is-cancelled-in-a-second", () -> reader(request -> new PassingReader(request, BatchSource.rows(request, numbers(20))) {
      @Override
      public boolean loadNextBatch() throws IOException {
        if (request.context().cancellation().cancelled()) {
          spin();
        }
        return super.loadNextBatch();
      }
    }));
    faulty.put("discovery-is-cancelled-in-a-second", () -> new Shop() {
      @Override
      public List<TableInfo> discover(ConnectorContext context) {
        if (context.cancellation().cancelled()) {
          spin();
        }
        return super.discover(context);
      }
    }.packed());
    faulty.put("memory-is-released", () -> reader(request -> new PassingReader(request, numbers(request)) {
      @Override
      public boolean loadNextBatch() throws IOException {
        boolean more = super.loadNextBatch();
        if (!more) {
          request.context().allocator().buffer(64);
        }
        return more;
      }
    }));
    faulty.put("threads-end", () -> subject(NUMBERS, request -> {
      Thread thread = new Thread(() -> await(over), "shop-watch");
      thread.setDaemon(true);
      thread.start();
      return numbers(request);
    }));
  }

  private static Subject reader(Function<ReadRequest, PassingReader> reader) {
    return subject(NUMBERS, request -> BatchSource.of(reader.apply(request)));
  }

  /** Longer than is allowed, whatever anybody says. */
  private static void spin() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500);
    while (System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }
}
