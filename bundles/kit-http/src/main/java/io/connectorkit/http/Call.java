package io.connectorkit.http;

import com.fasterxml.jackson.core.JsonParser;
import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.HttpCall;
import io.connectorkit.api.Paging;
import io.connectorkit.api.ReadRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A request as it is put together. */
record Call(Exchange exchange, String method, String path, byte[] body, boolean idempotent, List<Param> params, Map<String, String> headers,
    Paging paging) implements HttpCall {

  /** One parameter with all of its values. */
  record Param(String name, List<String> values) {}

  @Override
  public HttpCall param(String name, Object value) {
    List<Param> more = new ArrayList<>(params);
    List<String> values = Text.all(value).toList();
    if (!values.isEmpty()) {
      more.add(new Param(name, values));
    }
    return new Call(exchange, method, path, body, idempotent, List.copyOf(more), headers, paging);
  }

  @Override
  public HttpCall header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Call(exchange, method, path, body, idempotent, params, Map.copyOf(more), paging);
  }

  @Override
  public HttpCall repeatable() {
    return new Call(exchange, method, path, body, true, params, headers, paging);
  }

  @Override
  public HttpCall paged(Paging other) {
    return new Call(exchange, method, path, body, idempotent, params, headers, other);
  }

  @Override
  public BatchSource records(ReadRequest request, String at) {
    return records(request, at, record -> record);
  }

  @Override
  public BatchSource records(ReadRequest request, String at, Function<Map<String, Object>, ? extends Map<String, ?>> change) {
    Pages pages = new Pages(this, at);
    if (paging instanceof Paging.None) {
      // Its lists are no pages that anybody knows.
      Stream<Map<String, Object>> records = StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, 0), false).flatMap(List::stream);
      return BatchSource.records(request, records.<Map<String, ?>>map(change::apply).onClose(pages::close));
    }
    return BatchSource.pages(request, pages.map(change));
  }

  @Override
  public Iterator<List<Map<String, Object>>> pages(String at) {
    return new Pages(this, at);
  }

  @Override
  public Object json() {
    return exchange.send(outgoing(), exchange.maxBytes(), Call::value);
  }

  @Override
  public Optional<Object> find() {
    return exchange.send(outgoing().orNothing(), exchange.maxBytes(), answer -> {
      if (answer.nothing()) {
        answer.body().close();
        return Optional.empty();
      }
      return Optional.ofNullable(value(answer));
    });
  }

  private static Object value(Answer answer) throws IOException {
    try (JsonParser parser = JsonValues.FACTORY.createParser(answer.body())) {
      if (parser.nextToken() == null) {
        return null;
      }
      Object value = JsonValues.read(parser);
      requireEnd(parser);
      return value;
    }
  }

  private static void requireEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new BadAnswer("has more behind its JSON", false);
    }
  }

  @Override
  public Object awaitJson(Predicate<Object> done, Duration longest) {
    long begun = System.nanoTime();
    for (int times = 0; ; times++) {
      Object answer = json();
      if (done.test(answer)) {
        return answer;
      }
      if (System.nanoTime() - begun > longest.toNanos()) {
        throw ConnectorException.transientFailure(outgoing().label() + " does not say that it is done after " + longest.toSeconds()
            + " s; try again later", null, null);
      }
      exchange.pause(times);
    }
  }

  @Override
  public <T> T read(BodyReader<T> reader) {
    return exchange.send(outgoing(), Long.MAX_VALUE, answer -> {
      try (Body body = answer.body()) {
        return reader.read(body);
      }
    });
  }

  @Override
  public InputStream stream() {
    return exchange.send(outgoing(), Long.MAX_VALUE, Answer::body);
  }

  /** The first request. */
  Outgoing outgoing() {
    URI uri = exchange.origins().resolve(path);
    Outgoing first = new Outgoing(method, uri, headers, body, idempotent, false, 0);
    if (!exchange.origins().allowed(uri)) {
      throw exchange.failure(first, new BadAnswer("is not asked for: " + uri.getHost()
          + " is neither the host of the base URL nor one of http.allowed_hosts", false), null);
    }
    for (Param param : params) {
      uri = Queries.with(uri, param.name(), param.values().stream());
    }
    return first.to(uri);
  }
}
