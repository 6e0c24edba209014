package io.connectorkit.gateway.internal;

import io.connectorkit.host.DeployFolder;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in a file that only the owner can read where the host is reached and with which token, as soon as it is. */
@Component(service = EndpointFile.class, immediate = true)
public final class EndpointFile {

  private static final Logger LOG = LoggerFactory.getLogger(EndpointFile.class);

  private final Path file;
  private final LocalToken token;
  private final Instant started = Instant.now();
  private boolean scanned;
  private int port;
  private int announced;

  @Activate
  public EndpointFile(BundleContext context, @Reference LocalToken token, @Reference DeployFolder folder,
      @Reference(target = "(osgi.http.whiteboard.servlet.name=" + GatewayServlet.NAME + ")") Servlet servlet) {
    this.file = Path.of(context.getProperty("kit.endpoint.file"));
    this.token = token;
    // Whoever reads the file may take it that the deploy folder has been looked at.
    folder.firstScan().thenRun(this::scanned);
  }

  @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.OPTIONAL)
  void bindRuntime(HttpServiceRuntime runtime, Map<String, ?> properties) {
    updatedRuntime(runtime, properties);
  }

  /** Called whenever a servlet comes, too: the file is written once ours is one of them. */
  synchronized void updatedRuntime(HttpServiceRuntime runtime, Map<String, ?> properties) {
    boolean served = runtime.calculateRequestInfoDTO("/v1/status").servletDTO != null;
    port = served ? port(properties.get("osgi.http.endpoint")).orElse(0) : 0;
    announce();
  }

  synchronized void unbindRuntime(HttpServiceRuntime runtime) {
    port = 0;
  }

  private synchronized void scanned() {
    scanned = true;
    announce();
  }

  private static OptionalInt port(Object endpoints) {
    String[] all = endpoints instanceof String[] several ? several : endpoints == null ? new String[0] : new String[] {endpoints.toString()};
    return Arrays.stream(all).map(URI::create).filter(uri -> "http".equals(uri.getScheme())).mapToInt(URI::getPort).findFirst();
  }

  private void announce() {
    if (!scanned || port <= 0 || port == announced) {
      return;
    }
    String json = String.format(Locale.ROOT, "{\"pid\":%d,\"port\":%d,\"token\":\"%s\",\"started\":\"%s\"}%n", ProcessHandle.current().pid(), port,
        token.text(), started);
    try {
      Path next = file.resolveSibling(file.getFileName() + ".tmp");
      Files.deleteIfExists(next);
      Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, json);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      announced = port;
    } catch (IOException e) {
      LOG.error("KIT-6001 {} cannot be written: {}; no command will find this host", file, e.toString());
    }
  }

  @Deactivate
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
