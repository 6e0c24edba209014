package io.connectorkit.itests.support;

import io.connectorkit.itests.support.HostileFile.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Jars whose manifest or content is not that of a connector for this host. */
final class WrongBundles {

  private static final String CAPABILITY =
      "connectorkit.connector;connectorkit.connector=\"%s\";version:Version=\"1.0.0\";capabilities:List<String>=\"discover,read\"";
  private static final String YAML = "name: %s\nversion: \"%s\"\ncapabilities: %s\n";

  private WrongBundles() {}

  static List<HostileFile> manifests() {
    return List.of(
        rejected("plain", jar -> jar.without("Bundle-SymbolicName").without("Bundle-ManifestVersion"), "KIT-1004", "no Bundle-SymbolicName"),
        rejected("release3", jar -> jar.header("Bundle-ManifestVersion", "1"), "KIT-1004", "Bundle-ManifestVersion is 1"),
        HostileFile.of("malformed.jar", Verdict.REJECTED, file -> Files.write(file, malformed()), "KIT-1022", "malformed"),
        rejected("path", jar -> jar.header("Bundle-SymbolicName", "../../etc/passwd"), "KIT-1022", "no symbolic name"),
        rejected("version", jar -> jar.header("Bundle-Version", "one.two"), "KIT-1022", "Bundle-Version"),
        rejected("quote", jar -> jar.header("Import-Package", "com.acme;version=\"1"), "KIT-1022", "never closed"),
        rejected("filter", jar -> jar.requires("(&(version>=1.0.0"), "KIT-1022", "filter"),
        rejected("fragment", jar -> jar.header("Fragment-Host", "io.connectorkit.runtime"), "KIT-1023", "fragment of io.connectorkit.runtime"),
        rejected("library", jar -> jar.header("Provide-Capability", "osgi.service"), "KIT-1005", "no connector"),
        rejected("pair", jar -> jar.header("Provide-Capability", CAPABILITY.formatted("pair") + "," + CAPABILITY.formatted("other")),
            "KIT-1010", "provides 2 connectors"),
        rejected("reserved", jar -> jar.header("Provide-Capability", CAPABILITY.formatted("select")), "KIT-1011", "'select'"),
        rejected("capital", jar -> jar.header("Provide-Capability", CAPABILITY.formatted("Orders")), "KIT-1011", "'Orders'"),
        rejected("future", jar -> jar.requires("(version>=2.0.0)"), "KIT-1027", ">= 2.0.0"),
        rejected("api", jar -> jar.imports("io.connectorkit.api;version=\"[2,3)\""), "KIT-1027", ">= 2.0.0 and < 3.0.0"),
        rejected("exporter", jar -> jar.header("Export-Package", "org.apache.arrow.vector;version=\"19.0.0\""), "KIT-1030", "org.apache.arrow.vector"),
        rejected("javalang", jar -> jar.header("Export-Package", "java.lang"), "KIT-1009", "java.lang"),
        unresolved("lonely", jar -> jar.imports("com.nowhere;version=\"[2,3)\""), "com.nowhere >= 2.0.0 and < 3.0.0"),
        unresolved("demanding", jar -> jar.header("Require-Capability", "acme.license;filter:=\"(seats>=1000)\""), "acme.license", "seats"),
        unresolved("dependent", jar -> jar.header("Require-Bundle", "com.nowhere;bundle-version=\"[2,3)\""), "com.nowhere"),
        unresolved("alien", jar -> jar.header("Bundle-NativeCode", "evil.dll;osname=Plan9;processor=z80"), "native"));
  }

  static List<HostileFile> contents() {
    return List.of(
        rejected("java99", jar -> jar.entry("com/acme/New.class", code(99)), "KIT-1028", "Java 99"),
        rejected("duckdb", jar -> jar.entry("org/duckdb/DuckDBDriver.class", code(17)), "KIT-1029", "org/duckdb/DuckDBDriver.class"),
        rejected("arrow", jar -> jar.header("Bundle-ClassPath", ".,lib.jar").entry("lib.jar", ConnectorJar.of("lib", "1.0.0")
            .entry("org/apache/arrow/vector/IntVector.class", code(17)).bytes()), "KIT-1029", "lib.jar brings org/apache/arrow/vector/IntVector"),
        rejected("ownapi", jar -> jar.entry("io/connectorkit/api/Connector.class", code(17)), "KIT-1029", "io/connectorkit/api/Connector.class"),
        rejected("cut", jar -> jar.header("Bundle-ClassPath", ".,lib.jar").entry("lib.jar", "PK"), "KIT-1026", "lib.jar"),
        rejected("unsigned", jar -> jar.entry("META-INF/ACME.SF", "Signature-Version: 1.0\n\n").entry("META-INF/ACME.RSA", "no key"), "KIT-1031",
            "signature is broken"),
        rejected("undeclared", jar -> jar.without("META-INF/connector.yaml"), "KIT-1010", "no META-INF/connector.yaml"),
        rejected("empty_yaml", jar -> jar.yaml(""), "KIT-2002", "connector.yaml"),
        rejected("tabs", jar -> jar.yaml("name: tabs\nconfig:\n\tscript: x\n"), "KIT-2001", "line 3", "TAB"),
        rejected("huge", jar -> jar.yaml("name: " + "x".repeat(1 << 19)), "KIT-2001", "larger than 256 KiB"),
        rejected("bigger", jar -> jar.yaml("name: " + "x".repeat(1 << 21)), "KIT-1024", "META-INF/connector.yaml"),
        rejected("aliases", jar -> jar.yaml(BrokenYaml.bomb()), "KIT-2001", "aliases"),
        rejected("tagged", jar -> jar.yaml("name: !!java.net.URL ['http://localhost/']\n"), "KIT-2001", "tag is not allowed"),
        rejected("misspelt", jar -> jar.yaml(YAML.formatted("misspelt", "1.0.0", "[discover, reed]")), "KIT-2002", "did you mean 'read'?"),
        rejected("other_name", jar -> jar.yaml(YAML.formatted("another", "1.0.0", "[discover, read]")), "KIT-1012", "name is other_name"),
        rejected("other_version", jar -> jar.yaml(YAML.formatted("other_version", "1.0.1", "[discover, read]")), "KIT-1012", "1.0.1"),
        rejected("other_list", jar -> jar.yaml(YAML.formatted("other_list", "1.0.0", "[read]")), "KIT-1012", "[discover, read]", "[read]"),
        rejected("promises", jar -> jar.header("Provide-Capability", CAPABILITY.formatted("promises").replace("read", "read,teleport"))
            .yaml(YAML.formatted("promises", "1.0.0", "[discover, read, teleport]")), "KIT-2002", "unknown capability 'teleport'"));
  }

  private static HostileFile rejected(String name, UnaryOperator<ConnectorJar> change, String... words) {
    return HostileFile.of(name + ".jar", Verdict.REJECTED, file -> change.apply(ConnectorJar.of(name, "1.0.0")).writeTo(file), words);
  }

  private static HostileFile unresolved(String name, UnaryOperator<ConnectorJar> change, String word, String... words) {
    List<String> all = new ArrayList<>(List.of("KIT-1006", word));
    all.addAll(List.of(words));
    return HostileFile.of(name + ".jar", Verdict.UNRESOLVED, file -> change.apply(ConnectorJar.of(name, "1.0.0")).writeTo(file),
        all.toArray(String[]::new));
  }

  /** As much of a class as anybody looks at before it is loaded. */
  private static byte[] code(int java) {
    return new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) (44 + java), 0, 0};
  }

  /** One header's name loses its colon. */
  private static byte[] malformed() {
    byte[] manifest = "Manifest-Version: 1.0\r\nBundle-ManifestVersion 2\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    return BrokenArchives.archive("META-INF/MANIFEST.MF", manifest);
  }
}
