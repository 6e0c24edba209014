package io.connectorkit.gateway.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on a loopback port of the system's choice and says in a file that only the owner can read where and with which token. */
@Component(service = ControlServer.class, immediate = true)
public final class ControlServer {

  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

  private final HttpServer server;
  private final ExecutorService threads;
  private final ControlApi api;
  private final Path endpoint;
  private final byte[] authorization;

  @Activate
  public ControlServer(BundleContext context, @Reference ControlApi api, @Reference DeployFolder folder) throws IOException {
    this.api = api;
    this.endpoint = Path.of(context.getProperty("kit.endpoint.file"));
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    String token = HexFormat.of().formatHex(secret);
    this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    AtomicInteger count = new AtomicInteger();
    this.threads = Executors.newCachedThreadPool(work -> {
      Thread thread = new Thread(work, "kit-http-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    });
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    // Whoever reads the file may take it that the deploy folder has been looked at.
    folder.firstScan().thenRun(() -> announce(token));
  }

  private void announce(String token) {
    String json = String.format(Locale.ROOT, "{\"pid\":%d,\"port\":%d,\"token\":\"%s\",\"started\":\"%s\"}%n", ProcessHandle.current().pid(),
        server.getAddress().getPort(), token, Instant.now());
    try {
      Path next = endpoint.resolveSibling(endpoint.getFileName() + ".tmp");
      Files.deleteIfExists(next);
      Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, json);
      Files.move(next, endpoint, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.error("KIT-6001 {} cannot be written: {}; no command will find this host", endpoint, e.toString());
    }
  }

  @Deactivate
  public void close() throws IOException {
    Files.deleteIfExists(endpoint);
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      answer(exchange, new Reply(exchange));
    } catch (IOException e) {
      LOG.debug("the client went away", e);
    }
  }

  private void answer(HttpExchange exchange, Reply reply) throws IOException {
    try {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
        reply.error(401, "KIT-6002 the token is missing or wrong; read it from " + endpoint.getFileName());
        return;
      }
      api.handle(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), exchange.getRequestURI().getQuery(),
          exchange.getRequestBody(), reply);
    } catch (KitException e) {
      reply.error(e.code().equals("KIT-6004") ? 404 : 400, e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      LOG.error("KIT-9004 {} {} failed", exchange.getRequestMethod(), exchange.getRequestURI().getPath(), e);
      reply.error(500, "KIT-9004 the host failed: " + e.getClass().getSimpleName() + "; see its log");
    } finally {
      reply.end();
    }
  }
}
