package io.connectorkit.deployer.internal.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Keys and certificates that the JDK's keytool makes, and jars signed with them. */
final class Keys {

  private static final char[] PASSWORD = "password".toCharArray();

  private final Path file;

  Keys(Path folder) {
    this.file = folder.resolve("keys.p12");
  }

  /** Makes a key with a certificate of its own, or of the signer among the options. */
  Keys make(String alias, String name, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
        "-keystore", file.toString(), "-storepass", new String(PASSWORD), "-keyalg", "EC", "-alias", alias, "-dname", name));
    command.addAll(Arrays.asList(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
    return this;
  }

  private KeyStore store() throws Exception {
    try (InputStream stream = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(stream, PASSWORD);
      return store;
    }
  }

  /** Certificates in PEM, one after the other, with the kind of remarks that tools write between them. */
  void export(Path target, String... aliases) throws Exception {
    StringBuilder text = new StringBuilder();
    for (String alias : aliases) {
      text.append("# ").append(alias).append("\n-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(store().getCertificate(alias).getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    Files.createDirectories(target.getParent());
    Files.writeString(target, text);
  }

  Path sign(Path jar, String alias) throws Exception {
    KeyStore store = store();
    Certificate[] chain = store.getCertificateChain(alias);
    JarSigner signer = new JarSigner.Builder((PrivateKey) store.getKey(alias, PASSWORD),
        CertificateFactory.getInstance("X.509").generateCertPath(Arrays.asList(chain))).signerName(alias).build();
    Path signed = jar.resolveSibling("signed-" + alias + ".jar");
    try (ZipFile zip = new ZipFile(jar.toFile()); OutputStream stream = Files.newOutputStream(signed)) {
      signer.sign(zip, stream);
    }
    return signed;
  }
}
