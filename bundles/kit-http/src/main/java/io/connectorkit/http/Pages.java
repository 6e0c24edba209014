package io.connectorkit.http;

import io.connectorkit.api.Paging;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** The records of all pages, asked for one page ahead of its use at most. For one thread at a time. */
final class Pages implements Iterator<List<Map<String, Object>>>, AutoCloseable {

  /** Of an answer that is not one of several pages. */
  private static final int PIECE = 1000;
  private static final int NO_CONTENT = 204;

  private final Call call;
  private final String path;
  private final Turn turn;
  private Outgoing next;
  private int number = 1;
  private List<Map<String, Object>> ready;
  /** An answer that is read in pieces; null otherwise. */
  private JsonRecords rest;
  private Body body;

  Pages(Call call, String path) {
    this.call = call;
    this.path = path;
    this.turn = new Turn(call.paging(), call.exchange());
    this.next = turn.first(call.outgoing());
  }

  @Override
  public boolean hasNext() {
    while (ready == null && (next != null || rest != null)) {
      ready = rest != null ? piece() : call.paging() instanceof Paging.None ? first() : page();
      if (ready.isEmpty()) {
        ready = null;
      }
    }
    return ready != null;
  }

  @Override
  public List<Map<String, Object>> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<Map<String, Object>> page = ready;
    ready = null;
    return page;
  }

  private record Page(List<Map<String, Object>> records, Outgoing next) {}

  /** All of a page at once, so that one that breaks off can be asked for again. */
  private List<Map<String, Object>> page() {
    Outgoing request = next.page(number);
    Page page = call.exchange().send(request, call.exchange().maxBytes(), answer -> {
      try (Body whole = answer.body()) {
        JsonRecords json = new JsonRecords(JsonValues.FACTORY.createParser(whole), path, turn.beside());
        List<Map<String, Object>> records = answer.status() == NO_CONTENT ? List.of() : json.next(Integer.MAX_VALUE);
        return new Page(records, turn.next(request, answer, json, records));
      }
    });
    next = page.next();
    number++;
    return page.records();
  }

  private List<Map<String, Object>> first() {
    return call.exchange().send(next, Long.MAX_VALUE, answer -> {
      if (answer.status() == NO_CONTENT) {
        answer.body().close();
        next = null;
        return List.of();
      }
      body = answer.body();
      rest = new JsonRecords(JsonValues.FACTORY.createParser(body), path, turn.beside());
      return read();
    });
  }

  private List<Map<String, Object>> piece() {
    Outgoing request = next;
    try {
      return read();
    } catch (IOException e) {
      close();
      throw call.exchange().failure(request, e, body);
    }
  }

  private List<Map<String, Object>> read() throws IOException {
    List<Map<String, Object>> records = rest.next(PIECE);
    if (rest.over()) {
      close();
    }
    return records;
  }

  /** The same with each record changed. */
  Mapped map(Function<Map<String, Object>, ? extends Map<String, ?>> change) {
    return new Mapped(this, change);
  }

  /** Pages with changed records. */
  record Mapped(Pages pages, Function<Map<String, Object>, ? extends Map<String, ?>> change)
      implements Iterator<List<? extends Map<String, ?>>>, AutoCloseable {

    @Override
    public boolean hasNext() {
      return pages.hasNext();
    }

    @Override
    public List<? extends Map<String, ?>> next() {
      return pages.next().stream().map(change).toList();
    }

    @Override
    public void close() {
      pages.close();
    }
  }

  @Override
  public void close() {
    next = null;
    rest = null;
    if (body != null) {
      body.end();
    }
  }
}
