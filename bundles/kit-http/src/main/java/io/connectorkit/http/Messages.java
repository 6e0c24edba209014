package io.connectorkit.http;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.HttpOptions.Auth.Place;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** One message to the source, and one back. */
final class Messages {

  private final HttpTransport transport;
  private final HttpOptions options;
  private final Origins origins;
  private final Open open;

  Messages(HttpTransport transport, HttpOptions options, Origins origins, Open open) {
    this.transport = transport;
    this.options = options;
    this.origins = origins;
    this.open = open;
  }

  /** Sends, and waits for the headers of the answer. */
  HttpResponse<InputStream> send(Outgoing request, URI uri) throws IOException {
    CompletableFuture<HttpResponse<InputStream>> answer = transport.client().sendAsync(message(request, uri), BodyHandlers.ofInputStream());
    Runnable end = () -> answer.cancel(true);
    open.add(end);
    try {
      return answer.get(options.totalTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw late();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException own ? own : new IOException(e.getCause().getClass().getSimpleName());
    } finally {
      open.remove(end);
    }
  }

  private BadAnswer late() {
    return new BadAnswer("is not complete within " + options.totalTimeout().toMillis() / 1000.0 + " s", true);
  }

  private HttpRequest message(Outgoing request, URI uri) {
    boolean own = origins.own(uri);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (own) {
      // Of the source's own; a host that it leads to gets none of them.
      headers.putAll(options.headers());
      headers.putAll(request.headers());
    }
    headers.putIfAbsent("Accept", "application/json");
    headers.putIfAbsent("User-Agent", "connector-kit");
    headers.put("Accept-Encoding", "gzip");
    if (request.body() != null) {
      headers.putIfAbsent("Content-Type", "application/json");
    }
    URI target = uri;
    if (own && options.auth().place() == Place.HEADER) {
      headers.put(options.auth().name(), options.auth().value());
    } else if (own && options.auth().place() == Place.QUERY) {
      target = Queries.with(uri, options.auth().name(), Stream.of(options.auth().value()));
    }
    HttpRequest.Builder message = HttpRequest.newBuilder(target).timeout(options.timeout())
        .method(request.method(), request.body() == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(request.body()));
    if (uri.getScheme().equalsIgnoreCase("http")) {
      // Else each request would ask to go on in HTTP/2, which some sources do not bear.
      message.version(HttpClient.Version.HTTP_1_1);
    }
    try {
      headers.forEach(message::header);
    } catch (IllegalArgumentException e) {
      // The message of this exception has the value in it.
      throw ConnectorException.permanent(request.label() + ": one of the headers " + headers.keySet() + " cannot be sent: it has a line break or"
          + " another character that is not allowed, or is the client's own; check the settings and secrets they are made of", null);
    }
    return message.build();
  }

  /** The body of an answer, unpacked, which ends with the call or when its time is up. */
  Body body(HttpResponse<InputStream> response, long most) throws IOException {
    InputStream raw = response.body();
    boolean[] late = new boolean[1];
    Runnable end = () -> close(raw);
    open.add(end);
    CompletableFuture<Void> timer = new CompletableFuture<Void>().completeOnTimeout(null, options.totalTimeout().toMillis(), TimeUnit.MILLISECONDS);
    timer.thenRun(() -> {
      late[0] = true;
      close(raw);
    });
    Runnable closed = () -> {
      timer.cancel(false);
      open.remove(end);
    };
    try {
      return new Body(unpacked(response, raw), most, e -> {
        open.check();
        return late[0] ? late() : e;
      }, closed);
    } catch (IOException e) {
      closed.run();
      raw.close();
      throw e;
    }
  }

  private static InputStream unpacked(HttpResponse<InputStream> response, InputStream raw) throws IOException {
    String encoding = response.headers().firstValue("Content-Encoding").orElse("identity").strip();
    if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
      return new GZIPInputStream(raw);
    }
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
      throw new BadAnswer("is packed as '" + Text.shown(encoding, 20) + "', which was not asked for", false);
    }
    return raw;
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // Whoever reads it gets the reason.
    }
  }
}
