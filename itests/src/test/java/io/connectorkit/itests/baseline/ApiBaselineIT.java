package io.connectorkit.itests.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.osgi.Jar;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The API keeps what it has promised (A19, I7). After a release, and only then, {@code -Dkit.baseline.write=true} makes what is there the
 * new promise.
 */
class ApiBaselineIT {

  private static final Path BASELINE = Path.of("src/test/resources/baseline/kit-api.txt");
  private static final String SOURCE = """
      package acme;
      @org.osgi.annotation.versioning.%s
      public interface Shop {
        String name();
        %s
      }
      """;

  @TempDir
  Path folder;

  @Test
  void theApiGrowsOnlyWithItsVersion() throws Exception {
    Path file = Folders.list(Folders.product().resolve("system")).stream()
        .filter(jar -> jar.getFileName().toString().startsWith("kit-api-")).findFirst().orElseThrow();
    try (Jar jar = new Jar(file.toFile())) {
      ApiBaseline now = ApiBaseline.of(jar);
      if (Boolean.getBoolean("kit.baseline.write")) {
        Folders.write(BASELINE, now.text());
      }
      assertEquals(List.of(), ApiBaseline.read(Folders.read(BASELINE)).complaints(now));
    }
  }

  /** What FirstApiSmokeIT compiles against is what was promised. */
  @Test
  void theJarOfTheFirstApiHasTheListingThatIsKept() throws Exception {
    try (Jar jar = new Jar(BASELINE.resolveSibling("kit-api-1.0.0.jar").toFile())) {
      assertEquals(List.of(), ApiBaseline.of(jar).complaints(ApiBaseline.read(Folders.read(BASELINE))));
      assertEquals(List.of(), ApiBaseline.read(Folders.read(BASELINE)).complaints(ApiBaseline.of(jar)));
    }
  }

  private ApiBaseline shop(String version, String kind, String methods) throws Exception {
    Path home = Folders.fresh(folder.resolve("shop"));
    Path source = Folders.write(home.resolve("Shop.java"), SOURCE.formatted(kind, methods));
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", home.toString(), "-cp",
        System.getProperty("java.class.path"), "-proc:none", source.toString()));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "acme");
    manifest.getMainAttributes().putValue("Export-Package", "acme;version=\"" + version + "\"");
    try (Jar jar = new Jar(home.toFile())) {
      jar.setManifest(manifest);
      // Through the text, as the listing of a release is kept.
      return ApiBaseline.read(ApiBaseline.of(jar).text());
    }
  }

  @Test
  void aMethodThatIsTakenAwayNeedsTheNextMajorVersion() throws Exception {
    ApiBaseline before = shop("1.0.0", "ProviderType", "int size();");
    assertEquals(List.of(), before.complaints(shop("1.0.0", "ProviderType", "int size();")));
    assertEquals(List.of(), before.complaints(shop("2.0.0", "ProviderType", "")));
    String said = before.complaints(shop("1.1.0", "ProviderType", "")).toString();
    assertTrue(said.contains("acme 1.1.0: MAJOR change since 1.0.0, so that it must be 2.0.0") && said.contains("REMOVED acme.Shop size()"), said);
    assertTrue(before.complaints(shop("1.0.0", "ProviderType", "long size();")).toString().contains("must be 2.0.0"));
  }

  @Test
  void aMethodThatIsAddedNeedsTheNextMinorVersionWhereTheHostImplementsIt() throws Exception {
    ApiBaseline before = shop("1.0.0", "ProviderType", "");
    assertEquals(List.of(), before.complaints(shop("1.1.0", "ProviderType", "int size();")));
    String said = before.complaints(shop("1.0.0", "ProviderType", "int size();")).toString();
    assertTrue(said.contains("must be 1.1.0") && said.contains("ADDED acme.Shop size()"), said);
  }

  @Test
  void aMethodThatIsAddedNeedsTheNextMajorVersionWhereConnectorsImplementIt() throws Exception {
    ApiBaseline before = shop("1.0.0", "ConsumerType", "");
    assertTrue(before.complaints(shop("1.1.0", "ConsumerType", "int size();")).toString().contains("must be 2.0.0"));
  }
}
