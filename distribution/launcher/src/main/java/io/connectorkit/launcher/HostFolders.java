package io.connectorkit.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things are: {@code product} is what was unpacked and is only read, {@code home} holds what is written.
 *
 * @param product absolute path of the unpacked product
 * @param home absolute path of the writable folder; the product itself unless KIT_HOME says otherwise
 */
public record HostFolders(Path product, Path home) {

  private static final String README = "README.md";

  /** The folders of this process: system property {@code kit.home}, environment variable {@code KIT_HOME}. */
  public static HostFolders ofProcess() {
    String product = System.getProperty("kit.home");
    if (product == null) {
      throw new HostException("KIT-7001 the system property kit.home is not set: it names the unpacked product. Start through bin/kit.");
    }
    String home = System.getenv("KIT_HOME");
    return of(Path.of(product), home == null || home.isBlank() ? Path.of(product) : Path.of(home));
  }

  /** The same with both paths made absolute. */
  public static HostFolders of(Path product, Path home) {
    return new HostFolders(product.toAbsolutePath().normalize(), home.toAbsolutePath().normalize());
  }

  public Path etc() {
    return home.resolve("etc");
  }

  public Path deploy() {
    return home.resolve("deploy");
  }

  public Path data() {
    return home.resolve("data");
  }

  public Path extracts() {
    return home.resolve("extracts");
  }

  /** Bundles that make up the host. */
  public Path system() {
    return product.resolve("system");
  }

  /** Connectors that come with the product and are not deployed until somebody asks for them. */
  public Path shippedConnectors() {
    return system().resolve("connectors");
  }

  public Path temporary() {
    return data().resolve("tmp");
  }

  public Path log() {
    return data().resolve("log");
  }

  public Path gatewayLock() {
    return data().resolve("gateway.lock");
  }

  /** Where a running gateway says how it is reached. */
  public Path gatewayEndpoint() {
    return data().resolve("gateway.json");
  }

  /** Makes what is missing; a fresh home gets the product's {@code etc} and the page in each folder that says what belongs there. */
  public void prepare() {
    try {
      // Configuration of connectors is often put there before the first start, so the folder alone says nothing.
      if (Files.notExists(etc().resolve("config.properties"))) {
        copyTree(product.resolve("etc"), etc());
      }
      for (Path folder : List.of(deploy(), data(), extracts())) {
        Files.createDirectories(folder);
        Path page = product.resolve(folder.getFileName()).resolve(README);
        if (Files.exists(page) && Files.notExists(folder.resolve(README))) {
          Files.copy(page, folder.resolve(README));
        }
      }
      Files.createDirectories(temporary());
      Files.createDirectories(log());
    } catch (IOException e) {
      throw new HostException("KIT-7002 cannot write to '" + home + "': " + e + ". Set KIT_HOME to a folder that this user may write.", e);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      Files.createDirectories(to);
      return;
    }
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else if (Files.notExists(target)) {
          Files.copy(path, target);
        }
      }
    }
  }
}
