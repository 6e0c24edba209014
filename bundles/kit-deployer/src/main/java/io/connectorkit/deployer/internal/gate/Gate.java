package io.connectorkit.deployer.internal.gate;

import io.connectorkit.host.Declarations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Decides whether a jar may be installed, by its bytes alone: no code of it runs. Holds nothing, so that any thread may use it. */
public final class Gate {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String YAML = "META-INF/connector.yaml";

  private final HostVersions host;
  private final Fit fit;
  private final Declarations declarations;
  private final Supplier<TrustPolicy> trust;
  private final Limits limits;

  /**
   * A gate.
   *
   * @param trust asked for each jar, so that a change counts from the next one on
   */
  public Gate(HostVersions host, Declarations declarations, Supplier<TrustPolicy> trust) {
    this(host, declarations, trust, Limits.DEFAULT);
  }

  Gate(HostVersions host, Declarations declarations, Supplier<TrustPolicy> trust, Limits limits) {
    this.host = host;
    this.limits = limits;
    this.fit = new Fit(host);
    this.declarations = declarations;
    this.trust = trust;
  }

  /**
   * What is cheap to see of a file, before anybody takes the trouble to copy it: it need not be a file that can be read to its end.
   *
   * @throws io.connectorkit.host.KitException KIT-1001 or KIT-1002 if it is no jar
   * @throws Incomplete if it is a jar that is not all there
   */
  public void look(String fileName, Path file) throws Incomplete {
    if (Files.isDirectory(file)) {
      throw Refusal.of("KIT-1001", fileName + " is a folder; put a connector bundle (one .jar file) here");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw Refusal.of("KIT-1001", fileName + " is no regular file; put a connector bundle (one .jar file) here");
    }
    if (!fileName.endsWith(".jar")) {
      throw Refusal.of("KIT-1002", fileName + " is not a .jar; only connector bundles belong here");
    }
    try {
      if (Files.size(file) == 0) {
        throw new Incomplete(fileName, "is empty");
      }
      new ZipFile(file.toFile()).close();
    } catch (IOException | IllegalArgumentException e) {
      throw incomplete(fileName, file, e);
    }
  }

  /**
   * Checks a jar.
   *
   * @param fileName its name in the deploy folder
   * @param copy the very file that is installed afterwards; nobody writes to it any more
   * @throws io.connectorkit.host.KitException with the reason, if it may not be installed
   * @throws Incomplete if it is a jar that is not all there
   */
  public CheckedJar check(String fileName, Path copy) throws Incomplete {
    look(fileName, copy);
    try {
      return inspect(fileName, copy);
    } catch (IOException e) {
      throw incomplete(fileName, copy, e);
    }
  }

  private static Incomplete incomplete(String fileName, Path file, Exception reason) {
    String why = Files.exists(file) ? String.valueOf(reason.getMessage()) : "it is a link to nothing, or has just gone";
    return new Incomplete(fileName, "is not a complete jar (" + why + ")");
  }

  private CheckedJar inspect(String file, Path copy) throws IOException {
    JarContents contents = JarContents.read(file, copy, limits, Set.of(MANIFEST, YAML));
    BundleManifest manifest = BundleManifest.of(file, contents.content(MANIFEST));
    List<String> notes = new ArrayList<>();
    List<String> roots = new ArrayList<>(List.of(""));
    manifest.classPath().stream().filter(part -> !part.equals(".")).map(part -> part.endsWith("/") ? part : part + "/").forEach(roots::add);
    requireLoadable(file, contents, roots);
    Inventory inventory = new Inventory(contents);
    Limits left = limits.after(contents);
    for (String part : Set.copyOf(manifest.classPath())) {
      if (contents.names().contains(part) && !part.endsWith("/")) {
        JarContents nested = nested(file, copy, part, left);
        left = left.after(nested);
        inventory.library(part, nested);
        requireLoadable(file + "!/" + part, nested, List.of(""));
      } else if (!part.equals(".") && contents.names().stream().noneMatch(name -> name.startsWith(part))) {
        notes.add("Bundle-ClassPath names " + Refusal.line(part) + ", which is not in the jar");
      }
    }
    fit.check(file, manifest);
    String connector = declaration(manifest, contents.content(YAML));
    String sha256 = sha256(copy);
    List<List<X509Certificate>> signers = Signature.isPresent(contents.names()) ? Signature.signers(file, copy) : List.of();
    String publisher = trust.get().admit(file, connector, sha256, signers, notes);
    return new CheckedJar(manifest.symbolicName(), manifest.version(), sha256, connector, publisher, !signers.isEmpty(), List.copyOf(notes),
        inventory.with(manifest, Fit.needs(manifest)));
  }

  private String declaration(BundleManifest manifest, byte[] yaml) {
    return declarations.check(manifest.symbolicName() + " " + manifest.version(), manifest.connectors(),
        yaml == null ? null : new ByteArrayInputStream(yaml));
  }

  private void requireLoadable(String jar, JarContents contents, List<String> roots) {
    ClassVersions.tooNew(contents.classes(), host.java()).ifPresent(entry -> {
      throw Refusal.of("KIT-1028", jar + ": " + entry.getKey() + " is compiled for Java " + entry.getValue() + ", the host runs on Java "
          + host.java() + "; compile it for Java " + host.java() + ", or run the host on Java " + entry.getValue());
    });
    HostLibraries.copy(contents.names(), roots).ifPresent(entry -> {
      throw Refusal.of("KIT-1029", jar + " brings " + entry + ", a second copy of what the host provides; leave it out and import its"
          + " package (dependencies of scope provided are imported)");
    });
  }

  /** Unpacked, since only a file can be read by its central directory; nothing deeper is on a bundle's class path. */
  private static JarContents nested(String file, Path copy, String name, Limits limits) throws IOException {
    Path unpacked = Files.createTempFile("kit-gate-", ".jar");
    try (ZipFile zip = new ZipFile(copy.toFile())) {
      try (InputStream stream = zip.getInputStream(new ZipEntry(zip.getEntry(name)))) {
        Files.copy(stream, unpacked, StandardCopyOption.REPLACE_EXISTING);
      }
      return JarContents.read(file + "!/" + name, unpacked, limits, Set.of());
    } catch (ZipException e) {
      throw Refusal.of("KIT-1026", file + ": " + name + " on its Bundle-ClassPath is no complete jar (" + e.getMessage()
          + "); build the bundle again");
    } finally {
      Files.delete(unpacked);
    }
  }

  private static String sha256(Path file) throws IOException {
    try (DigestInputStream stream = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      stream.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(stream.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
