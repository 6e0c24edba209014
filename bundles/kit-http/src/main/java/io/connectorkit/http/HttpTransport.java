package io.connectorkit.http;

import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's HTTP client with its threads: one for a whole host, made when it is first needed. Its threads belong to the host, so that nothing
 * of a connector stays behind with them. Safe from any thread.
 */
public final class HttpTransport implements AutoCloseable {

  private static final int THREADS = 4;
  private static final long IDLE_SECONDS = 10;

  private ForkJoinPool threads;
  private HttpClient client;
  private boolean closed;

  /** Makes nothing yet. */
  public HttpTransport() {}

  /**
   * The client.
   *
   * @throws IllegalStateException if it is closed
   */
  synchronized HttpClient client() {
    if (closed) {
      throw new IllegalStateException("the HTTP client is closed");
    }
    if (client == null) {
      threads = new ForkJoinPool(THREADS, HttpTransport::thread, null, true, 0, THREADS, 1, null, IDLE_SECONDS, TimeUnit.SECONDS);
      // On a thread of the pool: whoever calls here may have a connector's class loader and code on its stack, which new threads keep.
      client = threads.submit(HttpTransport::make).join();
    }
    return client;
  }

  /** Workers of this kind have the system's class loader and nobody's stack. */
  private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setName("kit-http-" + thread.getId());
    return thread;
  }

  private static HttpClient make() {
    // Has the JDK start the thread that keeps its time from here, for the same reason.
    CompletableFuture.delayedExecutor(0, TimeUnit.MILLISECONDS).execute(() -> {});
    return HttpClient.newBuilder().executor(ForkJoinTask.getPool()).followRedirects(HttpClient.Redirect.NEVER).build();
  }

  /** Ends all requests and, from Java 21 on, the client's thread; before that it ends with the next garbage collection. */
  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      try {
        HttpClient.class.getMethod("shutdownNow").invoke(client);
      } catch (ReflectiveOperationException e) {
        // Java 17: it goes once nobody refers to the client.
      }
      client = null;
      threads.shutdownNow();
    }
  }
}
