package io.connectorkit.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ConnectorException.Kind;
import io.connectorkit.api.HttpOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Sends requests until there is an answer that can be used, or no sense in another try. Safe from any thread. */
final class Exchange {

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MAX_REDIRECTS = 5;
  private static final int SHOWN = 200;
  private static final int READ_OF_ERROR = 1000;

  private final HttpOptions options;
  private final Pace pace;
  private final Open open;
  private final Patience patience;
  private final Clock clock;
  private final Hidden hidden;
  private final Origins origins;
  private final Messages messages;

  Exchange(HttpTransport transport, HttpOptions options, Pace pace, Open open, Patience patience, Clock clock, Hidden hidden) {
    this.options = options;
    this.pace = pace;
    this.open = open;
    this.patience = patience;
    this.clock = clock;
    this.hidden = hidden;
    this.origins = new Origins(options);
    this.messages = new Messages(transport, options, origins, open);
  }

  /** What is made of an answer. */
  interface Reader<T> {

    /** Makes it; an {@link IOException} is a failure of this try. */
    T read(Answer answer) throws IOException;
  }

  Origins origins() {
    return origins;
  }

  long maxBytes() {
    return options.maxBytes();
  }

  /**
   * Sends, and reads the answer.
   *
   * @param most bytes of an answer
   */
  <T> T send(Outgoing request, long most, Reader<T> reader) {
    for (int attempt = 0; ; attempt++) {
      open.await(pace.take(options.interval()));
      for (long paused = pace.paused(); paused > 0; paused = pace.paused()) {
        open.await(paused);
      }
      Try<T> done = once(request, most, reader);
      Failure failure = done.failure();
      if (failure == null) {
        return done.result();
      }
      boolean again = failure.kind() == Kind.TRANSIENT && (request.repeatable() || failure.untouched()) && attempt < options.retries();
      Duration wait = failure.pause() == null ? patience.before(attempt) : failure.pause();
      if (!again || wait.compareTo(options.longestPause()) > 0) {
        throw failure.exception(request.label(), hidden);
      }
      if (failure.untouched()) {
        // Nobody gets through: the other tables need not find that out for themselves.
        pace.pause(wait);
      } else {
        open.await(wait.toNanos());
      }
    }
  }

  /** Waits before something is asked for again that is not done yet. */
  void pause(int times) {
    open.await(patience.poll(times).toNanos());
  }

  /** A failure that is found after the request itself has ended. */
  ConnectorException failure(Outgoing request, IOException e, Body body) {
    return Failure.of(explained(e, body), source(request.uri()), options.timeout()).exception(request.label(), hidden);
  }

  private record Try<T>(T result, Failure failure) {}

  private <T> Try<T> once(Outgoing request, long most, Reader<T> reader) {
    Body[] body = new Body[1];
    boolean read = false;
    try {
      HttpResponse<InputStream> response = follow(request);
      body[0] = messages.body(response, most);
      int status = response.statusCode();
      Answer answer = new Answer(response.uri(), status, response.headers().allValues("Link"), body[0]);
      if (status / 100 == 2 || request.nothing() && answer.nothing()) {
        T result = reader.read(answer);
        read = true;
        return new Try<>(result, null);
      }
      return new Try<>(null, refused(response.headers(), status, body[0]));
    } catch (IOException e) {
      open.check();
      return new Try<>(null, Failure.of(explained(e, body[0]), source(request.uri()), options.timeout()));
    } finally {
      if (!read && body[0] != null) {
        body[0].end();
      }
    }
  }

  private HttpResponse<InputStream> follow(Outgoing request) throws IOException {
    HttpResponse<InputStream> response = messages.send(request, request.uri());
    for (int count = 0; REDIRECTS.contains(response.statusCode()) && response.headers().firstValue("Location").isPresent(); count++) {
      if (count == MAX_REDIRECTS) {
        throw new BadAnswer("leads from one redirect to the next", false);
      }
      response.body().close();
      URI target = target(response.uri(), response.headers().firstValue("Location").get());
      if (request.body() != null && (!origins.own(target) || response.statusCode() < 307)) {
        throw new BadAnswer("redirects a " + request.method() + "; correct the path or the base URL", false);
      }
      response = messages.send(request, target);
    }
    return response;
  }

  /** An address that an answer names: resolved, and refused unless requests may go there. */
  URI target(URI from, String location) throws BadAnswer {
    URI target;
    try {
      target = from.resolve(Queries.lenient(location.strip()));
    } catch (IllegalArgumentException e) {
      throw new BadAnswer("leads to what is no URL", false);
    }
    if (!origins.allowed(target)) {
      throw new BadAnswer("leads to another origin, " + source(target) + "; if that is right, name the host under http.allowed_hosts", false);
    }
    return target;
  }

  private Failure refused(HttpHeaders headers, int status, Body body) {
    Duration wait = headers.firstValue("Retry-After").flatMap(value -> Patience.asked(value, clock)).orElse(null);
    String shown;
    try (body) {
      body.readNBytes(READ_OF_ERROR);
      shown = shown(body);
    } catch (IOException e) {
      open.check();
      shown = "";
    }
    return Failure.of(status, wait, shown);
  }

  /** Without secrets before it is cut: a half one would not be found. */
  private String shown(Body body) {
    String text = Text.shown(hidden.in(body.beginning()), SHOWN);
    return text.isEmpty() ? "" : "'" + text + "'";
  }

  private IOException explained(IOException e, Body body) {
    if (e instanceof JsonEOFException) {
      return new BadAnswer("breaks off after " + body.count() + " bytes", true);
    }
    if (e instanceof JsonProcessingException) {
      return new BadAnswer("is no JSON: " + shown(body), false);
    }
    return e;
  }

  private static String source(URI uri) {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
