package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What else lies in the product: licences of others, bills of materials, the index of the bundles. */
class ShippedFilesIT {

  private static final Path PRODUCT = Folders.product();

  private static List<Path> jars(String... folders) {
    return Stream.of(folders).flatMap(folder -> Folders.list(PRODUCT.resolve(folder)).stream()).filter(file -> file.toString().endsWith(".jar")).toList();
  }

  private static boolean isOurs(Path jar) {
    return jar.getFileName().toString().matches("(kit|lib|connector)-.*");
  }

  private static String artifact(Path jar) {
    return jar.getFileName().toString().replaceFirst("-[0-9][^/]*\\.jar$", "");
  }

  @Test
  void everyLibraryIsNamedWithItsLicence() {
    String text = Folders.read(PRODUCT.resolve("THIRD-PARTY.txt"));
    List<String> unnamed = jars("lib", "system").stream().filter(jar -> !isOurs(jar)).map(ShippedFilesIT::artifact)
        .filter(artifact -> !text.contains(artifact)).toList();
    assertEquals(List.of(), unnamed);
  }

  @Test
  void ourBundlesBringTheirLicenceAndThoseOfTheLibrariesInThem() throws IOException {
    for (Path file : jars("system", "system/connectors").stream().filter(ShippedFilesIT::isOurs).toList()) {
      try (JarFile jar = new JarFile(file.toFile())) {
        assertNotNull(jar.getEntry("META-INF/LICENSE"), file.toString());
        boolean foreign = jar.stream().anyMatch(entry -> entry.getName().endsWith(".class") && !entry.getName().startsWith("io/connectorkit/"));
        assertEquals(foreign, jar.getEntry("META-INF/THIRD-PARTY.txt") != null, file.toString());
      }
    }
  }

  @Test
  void theIndexLeadsToEveryBundleAndKnowsItsDigest() throws Exception {
    NodeList attributes = DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new InputSource(new StringReader(Folders.read(PRODUCT.resolve("system/index.xml"))))).getElementsByTagName("attribute");
    List<String> urls = new ArrayList<>();
    List<String> digests = new ArrayList<>();
    for (int i = 0; i < attributes.getLength(); i++) {
      Element attribute = (Element) attributes.item(i);
      switch (attribute.getAttribute("name")) {
        case "url" -> urls.add(attribute.getAttribute("value"));
        case "osgi.content" -> digests.add(attribute.getAttribute("value").toLowerCase(Locale.ROOT));
        default -> { }
      }
    }
    Map<String, String> indexed = new TreeMap<>();
    for (int i = 0; i < urls.size(); i++) {
      // What a jar of several releases needs on each Java is a resource of its own, and no file.
      if (!urls.get(i).startsWith("urn:osgi-bnd-mrj:")) {
        indexed.put(urls.get(i), digests.get(i));
      }
    }
    Map<String, String> there = new TreeMap<>();
    for (Path jar : jars("system", "system/connectors")) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      there.put(PRODUCT.resolve("system").relativize(jar).toString(), HexFormat.of().formatHex(digest));
    }
    assertEquals(there, indexed);
  }

  /** Builds without network make none. */
  @Test
  void theBillOfMaterialsHasEveryLibraryAlsoThoseInsideOurBundles() throws IOException {
    Path bill = PRODUCT.resolve("sbom/connector-kit.cdx.json");
    assumeTrue(Files.exists(bill), "the product was built offline, where the plug-in for the bill of materials does not run");
    TreeSet<String> named = new TreeSet<>();
    JsonNode components = new ObjectMapper().readTree(Files.readAllBytes(bill)).path("components");
    components.forEach(component -> named.add(component.path("name").asText()));
    List<String> wanted = new ArrayList<>(List.of("arrow-vector", "arrow-c-data", "flatbuffers-java", "duckdb_jdbc", "asm", "cron-utils"));
    jars("lib", "system").stream().map(ShippedFilesIT::artifact).forEach(wanted::add);
    wanted.removeAll(named);
    assertEquals(List.of(), wanted, "in the product and not in its bill");
    components.forEach(component -> assertTrue(component.path("hashes").size() > 0 || component.path("group").asText().equals("io.connectorkit"),
        component.toString()));
    for (Path jar : jars("system").stream().filter(ShippedFilesIT::isOurs).toList()) {
      assertTrue(Files.exists(PRODUCT.resolve("sbom").resolve(artifact(jar) + ".cdx.json")), jar.toString());
    }
  }
}
