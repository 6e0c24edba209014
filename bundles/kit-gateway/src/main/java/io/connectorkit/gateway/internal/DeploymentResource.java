package io.connectorkit.gateway.internal;

import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.JarCheck;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The deploy folder: jars in, jars out. Whatever comes goes through the folder's own gate. */
final class DeploymentResource implements Resource {

  private static final String ONE = "/api/deployments/{file}";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}\\.jar");
  private static final String SHIPPED = "connector-";

  /** A jar that lies in the deploy folder now; it is installed in a moment. */
  record Deployed(String file, View.Jar jar) {}

  /** A connector that comes with the product. */
  record Shipped(String name, String file) {}

  private final HostPaths paths;
  private final DeployFolder folder;
  private final JarCheck jars;
  private final long limit;

  DeploymentResource(HostPaths paths, DeployFolder folder, JarCheck jars, GatewayConfig config) {
    this.paths = paths;
    this.folder = folder;
    this.jars = jars;
    this.limit = (long) config.upload_mib() << 20;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/deployments", "listDeployments", "The files of the deploy folder, and what became of them").givesMany(View.File.class)
            .by(call -> folder.files().stream().map(Views::file).toList()),
        Route.get(ONE, "getDeployment", "One file of the deploy folder").gives(View.File.class).by(call -> Views.file(file(call))),
        Route.put(ONE, "deploy", "Puts a jar into the deploy folder, or a new version over an old one").needs(Role.DEPLOY)
            .takes("application/java-archive").gives(202, Deployed.class).by(this::deploy),
        Route.delete(ONE, "undeploy", "Takes a jar out of the deploy folder; what it extracted stays").needs(Role.DEPLOY).gives(202, Done.class)
            .by(this::undeploy),
        Route.get("/api/shipped", "listShipped", "Connectors that come with the product").givesMany(Shipped.class).by(call -> shipped()),
        Route.post("/api/shipped/{name}/deploy", "deployShipped", "Puts a connector that comes with the product into the deploy folder")
            .needs(Role.DEPLOY).gives(202, Deployed.class).by(this::deployShipped));
  }

  private DeployedFile file(Call call) {
    return folder.files().stream().filter(each -> each.file().equals(call.path("file"))).findFirst()
        .orElseThrow(() -> new KitException("KIT-6004", "there is no file '" + call.path("file") + "' in the deploy folder"));
  }

  private static String jarName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new KitException("KIT-6003", "'" + name + "' cannot be a jar's name; use letters, digits, '.', '_' and '-', and end in .jar");
    }
    return name;
  }

  private Deployed deploy(Call call) throws IOException {
    String name = jarName(call.path("file"));
    try (InputStream content = call.body()) {
      return place(name, content);
    }
  }

  /** Looked at before it lies there, so that whoever sends a bad one is told so, and a good one of that name is not replaced by it. */
  private Deployed place(String name, InputStream content) throws IOException {
    Files.createDirectories(paths.deploy());
    Path upload = Files.createDirectories(paths.tmp().resolve("upload-" + UUID.randomUUID()));
    Path received = upload.resolve(name);
    // What begins with a dot is passed over there.
    Path aside = paths.deploy().resolve("." + upload.getFileName() + ".tmp");
    try {
      copy(content, received);
      View.Jar jar = Views.jar(jars.check(received));
      Files.move(received, aside);
      Files.move(aside, paths.deploy().resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new Deployed(name, jar);
    } finally {
      Files.deleteIfExists(received);
      Files.deleteIfExists(upload);
      Files.deleteIfExists(aside);
    }
  }

  private void copy(InputStream content, Path file) throws IOException {
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        bytes += read;
        if (bytes > limit) {
          throw new KitException("KIT-6014", "the jar is larger than " + (limit >> 20) + " MiB; see upload.mib in etc/" + GatewayConfig.PID + ".cfg");
        }
        out.write(buffer, 0, read);
      }
    }
  }

  private Done undeploy(Call call) throws IOException {
    Files.deleteIfExists(paths.deploy().resolve(jarName(file(call).file())));
    return Done.DONE;
  }

  private List<Shipped> shipped() throws IOException {
    if (!Files.isDirectory(paths.shipped())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(paths.shipped())) {
      return files.map(file -> file.getFileName().toString()).filter(file -> file.startsWith(SHIPPED) && file.endsWith(".jar")).sorted()
          .map(file -> new Shipped(file.substring(SHIPPED.length(), file.length() - ".jar".length()), file)).toList();
    }
  }

  private Deployed deployShipped(Call call) throws IOException {
    Shipped found = shipped().stream().filter(each -> each.name().equals(call.path("name"))).findFirst()
        .orElseThrow(() -> new KitException("KIT-6004", "no connector '" + call.path("name") + "' comes with the product"));
    try (InputStream content = Files.newInputStream(paths.shipped().resolve(found.file()))) {
      return place(found.file(), content);
    }
  }
}
