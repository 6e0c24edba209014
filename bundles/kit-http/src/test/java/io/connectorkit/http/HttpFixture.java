package io.connectorkit.http;

import io.connectorkit.api.Http;
import io.connectorkit.api.HttpCall;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.http.FakeSource.Asked;
import io.connectorkit.http.FakeSource.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;

/** A client and the source it speaks to. */
abstract class HttpFixture {

  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  static final String SECRET = "s3cret/t+ken";

  final HttpTransport transport = new HttpTransport();
  final Switch cancellation = new Switch();
  final Pace pace = new Pace();
  private final List<FakeSource> sources = new ArrayList<>();

  @AfterEach
  void closeAll() {
    sources.forEach(FakeSource::close);
    transport.close();
  }

  FakeSource source(Function<Asked, Reply> answers) {
    try {
      FakeSource source = new FakeSource(answers);
      sources.add(source);
      return source;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A source that gives its answers by the number of the request, from 0 on. */
  FakeSource inTurn(IntFunction<Reply> answers) {
    AtomicInteger count = new AtomicInteger();
    return source(asked -> answers.apply(count.getAndIncrement()));
  }

  KitHttp http(HttpOptions options) {
    return new KitHttp(transport, options, pace, cancellation, Clock.fixed(NOW, ZoneOffset.UTC), () -> List.of(SECRET))
        .patient(new Patience(Duration.ofMillis(2), Duration.ofMillis(20)));
  }

  Http http(FakeSource source) {
    return http(HttpOptions.DEFAULT.baseUrl(source.url()).timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2)));
  }

  /** All records of a call. */
  static List<Map<String, Object>> all(HttpCall call, String path) {
    List<Map<String, Object>> all = new ArrayList<>();
    Iterator<List<Map<String, Object>>> pages = call.pages(path);
    pages.forEachRemaining(all::addAll);
    return all;
  }

  static Map<String, Object> id(long id) {
    return Map.of("id", id);
  }
}
