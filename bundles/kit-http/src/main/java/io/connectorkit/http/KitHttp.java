package io.connectorkit.http;

import io.connectorkit.api.Cancellation;
import io.connectorkit.api.Http;
import io.connectorkit.api.HttpCall;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.Paging;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** HTTP for one call of a connector. */
public final class KitHttp implements Http, AutoCloseable {

  private final HttpTransport transport;
  private final HttpOptions options;
  private final Pace pace;
  private final Open open;
  private final Patience patience;
  private final Clock clock;
  private final Supplier<? extends Collection<String>> secrets;

  /**
   * For a call; makes no connection yet.
   *
   * @param pace shared by all calls of the instance
   * @param cancellation of the call
   * @param secrets what must not stand in messages besides the credentials; asked for when the first request is made
   */
  public KitHttp(HttpTransport transport, HttpOptions options, Pace pace, Cancellation cancellation, Clock clock,
      Supplier<? extends Collection<String>> secrets) {
    this(transport, options, pace, new Open(cancellation), Patience.USUAL, clock, secrets);
  }

  private KitHttp(HttpTransport transport, HttpOptions options, Pace pace, Open open, Patience patience, Clock clock,
      Supplier<? extends Collection<String>> secrets) {
    this.transport = transport;
    this.options = options;
    this.pace = pace;
    this.open = open;
    this.patience = patience;
    this.clock = clock;
    this.secrets = secrets;
  }

  /** The same for checks and tests, which ask seldom: it waits a fifth as long before it tries again. */
  public KitHttp hasty() {
    return patient(Patience.SHORT);
  }

  /** The same, waiting in another way before it tries again. */
  KitHttp patient(Patience other) {
    return new KitHttp(transport, options, pace, open, other, clock, secrets);
  }

  @Override
  public HttpCall get(String path) {
    return new Call(exchange(), "GET", path, null, true, List.of(), Map.of(), Paging.none());
  }

  @Override
  public HttpCall post(String path, Object json) {
    return new Call(exchange(), "POST", path, JsonValues.bytes(json), false, List.of(), Map.of(), Paging.none());
  }

  @Override
  public HttpCall postForm(String path, Map<String, ?> fields) {
    return new Call(exchange(), "POST", path, Queries.form(fields), false, List.of(), Map.of("Content-Type", "application/x-www-form-urlencoded"),
        Paging.none());
  }

  @Override
  public Http with(UnaryOperator<HttpOptions> change) {
    return new KitHttp(transport, change.apply(options), pace, open, patience, clock, secrets);
  }

  private Exchange exchange() {
    return new Exchange(transport, options, pace, open, patience, clock, new Hidden(secrets.get(), options.auth()));
  }

  /** Ends what the call has left open. */
  @Override
  public void close() {
    open.end();
  }
}
