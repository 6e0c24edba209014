package io.connectorkit.deployer.internal.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.DeclarationCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class GateTest extends GateFixture {

  @Test
  void aConnectorPassesWithWhatTheDeployerNeedsToKnow() throws Exception {
    byte[] bytes = new TestJar().bytes();
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    CheckedJar.Inside inside = new CheckedJar.Inside("1.0.0", List.of("discover", "read"), List.of("connectorkit.runtime >= 1.0.0 and < 2.0.0",
        "io.connectorkit.api >= 1.0.0 and < 2.0.0"), List.of("com.acme"), List.of(), unpacked(bytes));
    assertEquals(new CheckedJar("com.acme.connector", new Version("1.2.3"), sha256, "acme", "", false, List.of(), inside), pass(new TestJar()));
  }

  private static long unpacked(byte[] jar) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      long bytes = 0;
      while (zip.getNextEntry() != null) {
        bytes += zip.readAllBytes().length;
      }
      return bytes;
    }
  }

  @Test
  void whatIsInsideIsListedWithTheLibraries() throws Exception {
    TestJar jar = new TestJar().header("Bundle-ClassPath", ".,lib/tool.jar").classFile("META-INF/versions/17/com/acme/more/New.class", 17)
        .entry("lib/tool.jar", TestJar.library().classFile("org/tool/Tool.class", 17).bytes());
    CheckedJar.Inside inside = pass(jar).inside();
    assertEquals(List.of("com.acme", "com.acme.more", "org.tool"), inside.packages());
    assertEquals(List.of("lib/tool.jar"), inside.libraries());
  }

  @Test
  void whatIsNoFileOrNoJarIsRefusedBeforeItIsRead() throws Exception {
    assertTrue(refusal("KIT-1001", Files.createDirectory(folder.resolve("d.jar"))).contains("d.jar is a folder"));
    assertTrue(refusal("KIT-1002", Files.writeString(folder.resolve("notes.txt"), "x")).contains("not a .jar"));
    Path pipe = folder.resolve("pipe.jar");
    if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0) {
      assertTrue(refusal("KIT-1001", pipe).contains("no regular file"));
    }
  }

  @Test
  void aLinkToAJarIsAJarAndALinkToNothingIsNot() throws Exception {
    new TestJar().writeTo(folder.resolve("target"));
    assertEquals("acme", gate().check("acme.jar", Files.createSymbolicLink(folder.resolve("acme.jar"), folder.resolve("target"))).connector());
    Path dangling = Files.createSymbolicLink(folder.resolve("gone.jar"), folder.resolve("nowhere"));
    assertTrue(incomplete(dangling).contains("link to nothing"));
  }

  private String incomplete(Path file) {
    String message = assertThrows(Incomplete.class, () -> gate().check(file.getFileName().toString(), file)).getMessage();
    assertTrue(message.startsWith("KIT-1003 " + file.getFileName()), message);
    return message;
  }

  @Test
  void everyPartOfAJarIsIncomplete() throws Exception {
    assertTrue(incomplete(Files.createFile(folder.resolve("empty.jar"))).contains("is empty"));
    byte[] whole = new TestJar().bytes();
    for (int length = 1; length < whole.length; length += 37) {
      incomplete(Files.write(folder.resolve("half.jar"), Arrays.copyOf(whole, length)));
    }
  }

  /** A file that is given its size first and filled later has all of its ends and rubbish inside. */
  @Test
  void aJarThatIsThereAndNotYetFilledIsIncomplete() throws Exception {
    byte[] noise = new byte[20_000];
    new Random(1).nextBytes(noise);
    byte[] whole = new TestJar().entry("noise", noise).bytes();
    Arrays.fill(whole, 10_000, 14_096, (byte) 0);
    incomplete(Files.write(folder.resolve("holes.jar"), whole));
  }

  @Test
  void whatIsNoBundleIsRefused() throws Exception {
    assertTrue(refusal("KIT-1004", TestJar.library()).contains("no Bundle-SymbolicName"));
    assertTrue(refusal("KIT-1004", new TestJar().without("Bundle-ManifestVersion")).contains("must be 2"));
    assertTrue(refusal("KIT-1023", new TestJar().header("Fragment-Host", "org.duckdb")).contains("fragment of org.duckdb"));
  }

  @Test
  void malformedHeadersAreNamed() throws Exception {
    assertTrue(refusal("KIT-1022", new TestJar().header("Bundle-SymbolicName", "com..acme")).contains("Bundle-SymbolicName"));
    assertTrue(refusal("KIT-1022", new TestJar().header("Bundle-SymbolicName", "a;b")).contains("Bundle-SymbolicName"));
    assertTrue(refusal("KIT-1022", new TestJar().header("Bundle-Version", "1.x")).contains("Bundle-Version"));
    assertTrue(refusal("KIT-1022", new TestJar().header("Import-Package", "a;version=\"1")).contains("never closed"));
    assertEquals(Version.emptyVersion, pass(new TestJar().without("Bundle-Version")).version());
  }

  /** A13, I11: one connector, and the capability is looked for as a capability. */
  @Test
  void aBundleHoldsExactlyOneConnector() throws Exception {
    String decoy = "my.connectorkit.connector;x=1,other;text=\"a,connectorkit.connector;b\"";
    assertTrue(refusal("KIT-1005", new TestJar().header("Provide-Capability", decoy)).contains("no connector"));
    assertTrue(refusal("KIT-1005", new TestJar().without("Provide-Capability")).contains("@ConnectorBundle"));
    assertTrue(refusal("KIT-1010", new TestJar().header("Provide-Capability", "connectorkit.connector;connectorkit.connector=a,"
        + "connectorkit.connector;connectorkit.connector=b")).contains("2 connectors"));
  }

  /** A14, I4: the same sentences as for an installed bundle. */
  @Test
  void manifestAndYamlAgree() throws Exception {
    String other = refusal("KIT-1012", new TestJar().entry("META-INF/connector.yaml", TestJar.YAML.replace("1.0.0", "1.0.1")));
    assertTrue(other.startsWith("KIT-1012 bundle com.acme.connector 1.2.3: version is 1.0.0 in the manifest and 1.0.1"), other);
    assertTrue(refusal("KIT-1010", new TestJar().without("META-INF/connector.yaml")).contains("has no META-INF/connector.yaml"));
    assertTrue(refusal("KIT-2001", new TestJar().entry("META-INF/connector.yaml", "name: [")).contains("line 1"));
  }

  /** I7: said before anything is installed. */
  @Test
  void aConnectorForAnotherHostIsRefusedWithBothVersions() throws Exception {
    assertEquals("KIT-1027 acme.jar: it needs a host of API version >= 2.0.0 and < 3.0.0; this host has 1.0.0; get a version of the connector"
        + " for this host", refusal("KIT-1027", new TestJar().header("Require-Capability",
            "connectorkit.runtime;filter:=\"(&(version>=2.0.0)(!(version>=3.0.0)))\"")));
    assertTrue(refusal("KIT-1027", new TestJar().header("Import-Package", "io.connectorkit.api;version=\"[1.2,2)\""))
        .contains(">= 1.2.0 and < 2.0.0; this host has 1.1.0"));
    assertTrue(refusal("KIT-1027", new TestJar().header("Import-Package", "io.connectorkit.api;version=2;resolution:=optional"))
        .contains(">= 2.0.0"));
    assertTrue(refusal("KIT-1022", new TestJar().header("Require-Capability", "connectorkit.runtime;filter:=\"(((\"")).contains("((("));
    pass(new TestJar().header("Import-Package", "com.nowhere;version=\"[9,10)\",io.connectorkit.api;version=\"[1.1,2)\""));
  }

  @Test
  void classesThatTheJvmCannotLoadAreNamedWithBothVersions() throws Exception {
    assertEquals("KIT-1028 acme.jar: com/acme/New.class is compiled for Java 21, the host runs on Java 17; compile it for Java 17, or run the"
        + " host on Java 21", refusal("KIT-1028", new TestJar().classFile("com/acme/New.class", 21)));
    refusal("KIT-1028", new TestJar().classFile("META-INF/versions/11/com/acme/X.class", 21));
    pass(new TestJar().classFile("META-INF/versions/21/com/acme/X.class", 21).classFile("module-info.class", 21)
        .entry("com/acme/Template.class", "no class at all"));
  }

  /** L14: two copies of a native library in one process crash it. */
  @Test
  void aSecondCopyOfAHostLibraryIsRefused() throws Exception {
    for (String copy : List.of("org/apache/arrow/vector/IntVector.class", "org/duckdb/DuckDBDriver.class", "io/connectorkit/api/Connector.class",
        "META-INF/versions/9/org/apache/arrow/memory/Unsafe.class")) {
      assertTrue(refusal("KIT-1029", new TestJar().classFile(copy, 8)).contains(copy));
    }
    assertTrue(refusal("KIT-1029", new TestJar().entry("natives/libduckdb_java.so_linux_amd64", "ELF")).contains("libduckdb_java"));
    assertTrue(refusal("KIT-1029", new TestJar().entry("arrow_cdata_jni/x86_64/libarrow_cdata_jni.so", "ELF")).contains("jni"));
    refusal("KIT-1029", new TestJar().header("Bundle-ClassPath", ".,classes").classFile("classes/org/duckdb/DuckDBDriver.class", 8));
    pass(new TestJar().classFile("org/apache/arrow/adapter/jdbc/JdbcToArrow.class", 11).classFile("org/duckdbx/X.class", 11)
        .entry("org/duckdb/readme.txt", "no class"));
  }

  @Test
  void whatTheHostExportsIsNotForAConnectorToExport() throws Exception {
    assertTrue(refusal("KIT-1030", new TestJar().header("Export-Package", "com.acme,org.duckdb;version=2")).contains("[org.duckdb]"));
    pass(new TestJar().header("Export-Package", "com.acme;version=1"));
  }

  @Test
  void jarsOnTheBundleClassPathAreHeldToTheSame() throws Exception {
    TestJar fine = new TestJar().header("Bundle-ClassPath", ".,lib/x.jar,lib/nowhere.jar")
        .entry("lib/x.jar", TestJar.library().classFile("com/x/X.class", 17).bytes())
        .entry("lib/not-on-it.jar", TestJar.library().classFile("org/duckdb/X.class", 21).bytes());
    assertEquals(List.of("Bundle-ClassPath names lib/nowhere.jar, which is not in the jar"), pass(fine).notes());
    fine.entry("lib/x.jar", TestJar.library().classFile("org/duckdb/X.class", 17).bytes());
    assertTrue(refusal("KIT-1029", fine).contains("acme.jar!/lib/x.jar brings org/duckdb/X.class"));
    fine.entry("lib/x.jar", TestJar.library().classFile("com/x/X.class", 21).bytes());
    assertTrue(refusal("KIT-1028", fine).contains("acme.jar!/lib/x.jar"));
    fine.header("Bundle-ClassPath", ".,/lib/x.jar").entry("lib/x.jar", "not a jar");
    assertTrue(refusal("KIT-1026", fine).contains("lib/x.jar"));
  }

  /** Each of them is small enough; together they are not. */
  @Test
  void jarsInsideAJarShareItsLimits() throws Exception {
    byte[] large = TestJar.library().entry("zeros", new byte[40_000]).bytes();
    Path file = new TestJar().header("Bundle-ClassPath", ".,a.jar,b.jar").entry("a.jar", large).entry("b.jar", large)
        .writeTo(folder.resolve("acme.jar"));
    new Gate(HOST, new DeclarationCheck(), this::policy, new Limits(10, 50_000, 100_000, 100, 50_000)).check("acme.jar", file);
    Gate strict = new Gate(HOST, new DeclarationCheck(), this::policy, new Limits(10, 50_000, 70_000, 100, 50_000));
    KitException refused = assertThrows(KitException.class, () -> strict.check("acme.jar", file));
    assertEquals("KIT-1024", refused.code());
    assertTrue(refused.getMessage().contains("with the jars inside"), refused.getMessage());
  }

  @Test
  void whatAJarSaysOfItselfCannotBreakTheLine() throws Exception {
    Path file = folder.resolve("two\nlines.txt");
    Files.writeString(file, "x");
    refusal("KIT-1002", file);
    refusal("KIT-1022", new TestJar().header("Bundle-SymbolicName", "x".repeat(10_000) + "."));
  }
}
