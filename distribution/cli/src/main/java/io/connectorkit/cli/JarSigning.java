package io.connectorkit.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertPath;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import jdk.security.jarsigner.JarSignerException;

/** Signs jars with a key of a key store. Only loaded where the JDK's jar signer is there. */
final class JarSigning {

  private static final int LONGEST_NAME = 8;

  private final Path keystore;
  private final String alias;
  private final char[] password;

  JarSigning(Path keystore, String alias, char[] password) {
    this.keystore = keystore;
    this.alias = alias;
    this.password = password;
  }

  /** Signs, and gives the subject of the signer's certificate. The target is replaced in one step, or left as it is. */
  String sign(Path jar, Path target) {
    KeyStore keys = open();
    X509Certificate certificate;
    JarSigner signer;
    try {
      if (!keys.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
        throw new KitException("KIT-7253 '" + keystore + "' has no key '" + alias + "'; its entries: "
            + String.join(", ", Collections.list(keys.aliases())));
      }
      certificate = (X509Certificate) keys.getCertificate(alias);
      CertPath chain = CertificateFactory.getInstance("X.509").generateCertPath(Arrays.asList(keys.getCertificateChain(alias)));
      signer = new JarSigner.Builder((PrivateKey) keys.getKey(alias, password), chain).signerName(fileName()).build();
    } catch (UnrecoverableKeyException e) {
      throw new KitException("KIT-7253 the key '" + alias + "' in '" + keystore + "' has a password of its own; give it the store's"
          + " (keytool -keypasswd)", e);
    } catch (GeneralSecurityException e) {
      throw new KitException("KIT-7253 the key '" + alias + "' in '" + keystore + "' cannot be used: " + e.getMessage(), e);
    }
    write(signer, jar, target);
    return certificate.getSubjectX500Principal().getName();
  }

  private KeyStore open() {
    try {
      return KeyStore.getInstance(keystore.toFile(), password);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new KitException("KIT-7252 the key store '" + keystore + "' cannot be opened: " + e.getMessage()
          + "; check the file and the password", e);
    }
  }

  /** Of the files that hold the signature, by jarsigner's rule. */
  private String fileName() {
    String name = alias.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_-]", "_");
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  private static void write(JarSigner signer, Path jar, Path target) {
    Path aside = target.resolveSibling("." + target.getFileName() + ".signing");
    try {
      try (ZipFile unsigned = new ZipFile(jar.toFile()); OutputStream out = Files.newOutputStream(aside)) {
        signer.sign(unsigned, out);
      }
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | JarSignerException e) {
      throw new KitException("KIT-7254 '" + jar + "' cannot be signed: " + e.getMessage(), e);
    } finally {
      delete(aside);
    }
  }

  private static void delete(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      throw new KitException("KIT-7254 '" + aside + "' cannot be deleted: " + e.getMessage(), e);
    }
  }
}
