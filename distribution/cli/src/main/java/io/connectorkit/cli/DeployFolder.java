package io.connectorkit.cli;

import io.connectorkit.launcher.HostFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The jars in {@code deploy/}, and those that come with the product and may be put there. */
final class DeployFolder {

  private static final String SHIPPED = "connector-";

  private final HostFolders folders;

  DeployFolder(HostFolders folders) {
    this.folders = folders;
  }

  List<DeployedJar> jars() {
    return jars(folders.deploy());
  }

  /** Short names, as {@code kit deploy} takes them. */
  List<String> shippedNotDeployed() {
    List<DeployedJar> deployed = jars();
    return jars(folders.shippedConnectors()).stream()
        .filter(shipped -> deployed.stream().noneMatch(jar -> jar.bundle().equals(shipped.bundle())))
        .map(shipped -> shipped.file().replaceFirst("^" + SHIPPED, "").replaceFirst("[.]jar$", "")).toList();
  }

  /** The jar at that path, or the shipped connector of that name. */
  Path source(String jar) {
    Path path = Path.of(jar);
    if (Files.isRegularFile(path)) {
      return path;
    }
    Path shipped = folders.shippedConnectors().resolve(SHIPPED + path.getFileName() + ".jar");
    if (path.getNameCount() == 1 && Files.isRegularFile(shipped)) {
      return shipped;
    }
    throw new KitException("KIT-7220 '" + jar + "' is neither a file nor a connector that comes with the product ("
        + String.join(", ", jars(folders.shippedConnectors()).stream().map(DeployedJar::connector).toList()) + ")");
  }

  /** The jar that {@code source} would replace: an older version may have another file name, and both together would be one too many. */
  Optional<DeployedJar> replacedBy(Path source) {
    DeployedJar wanted = DeployedJar.read(source);
    return jars().stream()
        .filter(jar -> jar.file().equals(wanted.file()) || (!jar.bundle().isEmpty() && jar.bundle().equals(wanted.bundle())))
        .findFirst();
  }

  /** Copies aside and renames, so that nobody ever sees half a jar. Returns false if the very same jar is there already. */
  boolean place(Path source, String file) {
    Path target = folders.deploy().resolve(file);
    Path aside = folders.deploy().resolve("." + file + ".tmp");
    try {
      Files.createDirectories(folders.deploy());
      if (Files.exists(target) && Files.mismatch(source, target) == -1) {
        return false;
      }
      Files.copy(source, aside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException e) {
      throw new KitException("KIT-7221 cannot copy '" + source + "' to '" + target + "': " + e, e);
    }
  }

  /** As the host reports it for the content that it has taken. */
  static String sha256(Path file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new KitException("KIT-7221 cannot read '" + file + "': " + e, e);
    }
  }

  void remove(String file) {
    try {
      Files.deleteIfExists(folders.deploy().resolve(file));
    } catch (IOException e) {
      throw new KitException("KIT-7222 cannot delete '" + folders.deploy().resolve(file) + "': " + e, e);
    }
  }

  private static List<DeployedJar> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches("[^.].*[.]jar")).sorted().map(DeployedJar::read).toList();
    } catch (IOException e) {
      throw new KitException("KIT-7223 cannot list '" + folder + "': " + e, e);
    }
  }
}
