package io.connectorkit.deployer.internal.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.X509Certificate;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** The signature of a jar, verified by the JDK. */
final class Signature {

  /** The files that hold a signature, which it cannot cover itself. */
  private static final Pattern PART = Pattern.compile("(?i)META-INF/(MANIFEST\\.MF|SIG-[^/]*|[^/]+\\.(SF|RSA|DSA|EC))");

  private static final Pattern BLOCK = Pattern.compile("(?i)META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

  private Signature() {}

  static boolean isPresent(Set<String> names) {
    return names.stream().anyMatch(BLOCK.asMatchPredicate());
  }

  /**
   * The certificate chains of those whose signatures cover every entry, each from the signer's own certificate upwards.
   *
   * @throws io.connectorkit.host.KitException KIT-1031 if the signature is broken or leaves entries out
   */
  static List<List<X509Certificate>> signers(String file, Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile(), true, ZipFile.OPEN_READ)) {
      Set<CodeSigner> all = null;
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (!entry.isDirectory() && !PART.matcher(entry.getName()).matches()) {
          all = common(all, entry, jar);
          if (all.isEmpty()) {
            throw broken(file, "it does not cover " + entry.getName() + ", or is made in a way that this Java no longer accepts");
          }
        }
      }
      requireNothingTaken(file, jar);
      return all == null ? List.of() : all.stream().map(Signature::chain).toList();
    } catch (SecurityException e) {
      throw broken(file, e.getMessage());
    }
  }

  /** An entry knows its signers once it has been read. */
  private static Set<CodeSigner> common(Set<CodeSigner> signers, JarEntry entry, JarFile jar) throws IOException {
    try (InputStream stream = jar.getInputStream(entry)) {
      stream.transferTo(OutputStream.nullOutputStream());
    }
    Set<CodeSigner> own = entry.getCodeSigners() == null ? Set.of() : Set.of(entry.getCodeSigners());
    if (signers == null) {
      return new LinkedHashSet<>(own);
    }
    signers.retainAll(own);
    return signers;
  }

  /** The JDK does not mind when entries that were signed are gone. */
  private static void requireNothingTaken(String file, JarFile jar) throws IOException {
    Manifest manifest = jar.getManifest();
    for (String name : manifest.getEntries().keySet()) {
      if (manifest.getAttributes(name).keySet().stream().anyMatch(key -> key.toString().endsWith("-Digest")) && jar.getEntry(name) == null) {
        throw broken(file, "it covers " + name + ", which is no longer there");
      }
    }
  }

  private static List<X509Certificate> chain(CodeSigner signer) {
    return signer.getSignerCertPath().getCertificates().stream().map(X509Certificate.class::cast).toList();
  }

  private static RuntimeException broken(String file, String reason) {
    return Refusal.of("KIT-1031", file + " is signed, but the signature is broken: " + reason + "; get the jar from its publisher again, or"
        + " sign it again (signature files that came in with a library belong out of META-INF)");
  }
}
