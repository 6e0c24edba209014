package io.connectorkit.deployer.internal.gate;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Whose jars are let in. Which jar is whose is for a signature to say; a pinned digest needs none, for it says which bytes.
 *
 * @param folder with the certificates of those who are trusted
 * @param requireSigned whether a jar must be pinned or signed by one of them
 * @param publishers common names of the signers that are let in; empty for all who are trusted
 * @param pins SHA-256 in hex by name of the file or of the connector, of which a jar may have no other
 */
public record TrustPolicy(Path folder, boolean requireSigned, Set<String> publishers, Map<String, String> pins) {

  private static final Pattern PIN = Pattern.compile("([^=]+)=\\s*([0-9A-Fa-f]{64})");

  /**
   * A policy as it is written in a configuration.
   *
   * @param publishers between semicolons, since names of companies have commas
   * @param digests {@code name=sha256} between semicolons
   * @throws io.connectorkit.host.KitException KIT-1036 if a digest is none
   */
  public static TrustPolicy of(Path folder, boolean requireSigned, String publishers, String digests) {
    return new TrustPolicy(folder, requireSigned, items(publishers).collect(Collectors.toUnmodifiableSet()),
        items(digests).map(TrustPolicy::pin).collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, TrustPolicy::same)));
  }

  private static Stream<String> items(String text) {
    return Stream.of(text.split(";")).map(String::strip).filter(item -> !item.isEmpty());
  }

  private static Map.Entry<String, String> pin(String item) {
    var pin = PIN.matcher(item);
    if (!pin.matches()) {
      throw Refusal.of("KIT-1036", "the setting 'digests' has '" + item + "', which is no name=SHA-256 (64 hexadecimal digits)");
    }
    return Map.entry(pin.group(1).strip(), pin.group(2).toLowerCase(Locale.ROOT));
  }

  private static String same(String one, String other) {
    if (one.equals(other)) {
      return one;
    }
    throw Refusal.of("KIT-1036", "the setting 'digests' has two digests for one name: " + one + " and " + other);
  }

  /**
   * Decides on a jar.
   *
   * @param chains certificates of each signer of the whole jar; empty if it is not signed
   * @param notes gets what is to be said of a jar that is let in
   * @return common name of its trusted signer; empty if it has none
   */
  String admit(String file, String connector, String sha256, List<List<X509Certificate>> chains, List<String> notes) {
    boolean pinned = isPinned(file, file, sha256) | isPinned(file, connector, sha256);
    TrustStore store = chains.isEmpty() ? null : new TrustStore(folder);
    String objection = "it is not signed";
    String code = "KIT-1032";
    for (List<X509Certificate> chain : chains) {
      String publisher = publisher(chain.get(0));
      objection = store.objection(chain);
      if (objection.isEmpty() && (publishers.isEmpty() || publishers.contains(publisher))) {
        return publisher;
      }
      code = objection.isEmpty() ? "KIT-1034" : "KIT-1033";
      objection = "its signer is '" + publisher + "': " + (objection.isEmpty() ? "not one of 'publishers' " + publishers : objection);
    }
    if (requireSigned && !pinned) {
      throw Refusal.of(code, file + ": only signed jars are let in here, and " + objection + "; get it signed by a publisher whose certificate"
          + " is in " + folder + ", or add " + file + "=" + sha256 + " to the setting 'digests'");
    }
    if (!chains.isEmpty()) {
      notes.add("taken as unsigned: " + Refusal.line(objection));
    }
    return "";
  }

  private boolean isPinned(String file, String name, String sha256) {
    String pin = pins.get(name);
    if (pin != null && !pin.equals(sha256)) {
      throw Refusal.of("KIT-1035", file + ": the SHA-256 of the file is " + sha256 + ", and the setting 'digests' wants " + pin + " for " + name
          + "; put the right file here, or correct the setting");
    }
    return pin != null;
  }

  private static String publisher(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName()).getRdns().stream()
          .filter(part -> part.getType().equalsIgnoreCase("CN")).map(Rdn::getValue).map(String::valueOf).reduce((first, last) -> last)
          .orElse("");
    } catch (InvalidNameException e) {
      return "";
    }
  }
}
