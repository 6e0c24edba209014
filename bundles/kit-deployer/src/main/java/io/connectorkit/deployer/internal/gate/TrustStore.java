package io.connectorkit.deployer.internal.gate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The certificates in a folder. Read for each signed jar: there are few of either, and what was taken out counts at once. */
final class TrustStore {

  private static final Pattern CERTIFICATES = Pattern.compile("(?i)[^.].*\\.(pem|crt|cer)");
  private static final Set<String> CODE_SIGNING = Set.of("1.3.6.1.5.5.7.3.3", "2.5.29.37.0");

  private final Set<X509Certificate> trusted = new HashSet<>();
  private final Set<String> problems = new TreeSet<>();
  private final Path folder;

  TrustStore(Path folder) {
    this.folder = folder;
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      files.filter(file -> CERTIFICATES.matcher(file.getFileName().toString()).matches()).forEach(this::add);
    } catch (IOException | RuntimeException e) {
      problems.add(folder + " cannot be read: " + e.getMessage());
    }
  }

  private void add(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      CertificateFactory.getInstance("X.509").generateCertificates(stream).forEach(each -> trusted.add((X509Certificate) each));
    } catch (IOException | CertificateException e) {
      problems.add(file.getFileName() + " holds no certificate that can be read");
    }
  }

  /**
   * Why a signer is not trusted; empty if it is. Trusted is whose own certificate is in the folder, or is a certificate for signing code
   * under one that is there; either way it must be valid today. Time stamps and lists of revoked certificates are not asked for: to take
   * trust away, take the file away.
   *
   * @param chain from the signer's own certificate upwards
   */
  String objection(List<X509Certificate> chain) {
    X509Certificate signer = chain.get(0);
    List<X509Certificate> below = chain.stream().takeWhile(certificate -> !trusted.contains(certificate)).toList();
    try {
      signer.checkValidity();
      if (below.isEmpty()) {
        return "";
      }
      if (trusted.isEmpty()) {
        return folder + " holds no certificate" + explained();
      }
      if (signer.getExtendedKeyUsage() != null && signer.getExtendedKeyUsage().stream().noneMatch(CODE_SIGNING::contains)) {
        return "the certificate is not one for signing code";
      }
      PKIXParameters parameters = new PKIXParameters(trusted.stream().map(each -> new TrustAnchor(each, null)).collect(Collectors.toSet()));
      parameters.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
      return "";
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      return "the certificate is not valid today, " + e.getMessage();
    } catch (GeneralSecurityException e) {
      return "no certificate in " + folder + " vouches for it: " + e.getMessage() + explained();
    }
  }

  private String explained() {
    return problems.isEmpty() ? "" : " (" + String.join("; ", problems) + ")";
  }
}
