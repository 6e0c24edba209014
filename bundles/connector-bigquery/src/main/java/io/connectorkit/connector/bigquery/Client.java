package io.connectorkit.connector.bigquery;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** What the calls of an instance share: the token, and the connection to the Storage API, which is made when it is first used. */
final class Client implements AutoCloseable {

  private static final int LARGEST_MESSAGE = 128 << 20;
  private static final int HTTPS = 443;

  private final AccessTokens tokens = new AccessTokens();
  // With threads of its own gRPC keeps none in static fields, where nobody would end them.
  private final ExecutorService threads;
  private final ScheduledExecutorService timer;
  private final ManagedChannel channel;

  private Client(URI storage, String instance) {
    ThreadFactory factory = work -> {
      Thread thread = new Thread(work, "bigquery-" + instance);
      thread.setDaemon(true);
      return thread;
    };
    threads = Executors.newCachedThreadPool(factory);
    timer = Executors.newSingleThreadScheduledExecutor(factory);
    boolean plain = "http".equals(storage.getScheme());
    OkHttpChannelBuilder builder = OkHttpChannelBuilder.forAddress(storage.getHost(), storage.getPort() > 0 ? storage.getPort() : HTTPS)
        .executor(threads).offloadExecutor(threads).transportExecutor(threads).scheduledExecutorService(timer)
        .maxInboundMessageSize(LARGEST_MESSAGE).keepAliveTime(1, TimeUnit.MINUTES).userAgent("connector-kit");
    channel = (plain ? builder.usePlaintext() : builder.useTransportSecurity()).build();
  }

  /** The one of the instance. */
  static Client of(ConnectorContext context) {
    return context.shared("client", () -> {
      URI storage = URI.create(context.settings().text("storage_url"));
      if (storage.getHost() == null) {
        throw ConnectorException.permanent("setting 'storage_url' is '" + storage + "' and must be a URL such as https://bigquerystorage.googleapis.com",
            null);
      }
      return new Client(storage, context.instance());
    });
  }

  AccessTokens tokens() {
    return tokens;
  }

  ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    threads.shutdownNow();
    timer.shutdownNow();
    threads.awaitTermination(1, TimeUnit.SECONDS);
  }
}
