package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.MavenRepository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A vendor's way with nothing but what is published: from no project to the first row, timed (K9). Named so that it runs alone. */
@Tag("benchmark")
class ScaffoldBenchmarkIT {

  private static final Duration BAR = Duration.ofSeconds(60);
  private static final KitProcess KIT = KitProcess.of(ScaffoldBenchmarkIT.class).with("ACME_TOKEN", "token-of-the-fake")
      .with("GLOBEX_TOKEN", "token-of-the-fake").with("INITECH_TOKEN", "token-of-the-fake");
  private static final Path WORK = Folders.fresh(Folders.target().resolve("scaffold"));
  private static final MavenRepository MAVEN = MavenRepository.in(WORK);

  @AfterAll
  static void endTheProcesses() {
    KIT.close();
  }

  @Test
  void aNewProjectBuildsOutsideThisOneAndItsConnectorServesItsFirstRowWithinAMinute() throws Exception {
    Path project = project("globex");
    // Also fills the local repository, so that the next build is one with a warm one.
    withPrivateLibrary(project, "Globex");
    String said = MAVEN.build(project, "verify");
    assertTrue(said.matches("(?s).*Tests run: [1-9]\\d*, Failures: 0, Errors: 0.*BUILD SUCCESS.*"), said);
    KIT.kit("start").ok();
    long begin = System.nanoTime();
    Path second = project("acme");
    MAVEN.build(second, "verify");
    Process source = serve(second, "com.example.acme");
    try {
      String url = url(source);
      deploy(second, "acme", url);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      System.out.printf("From no project to the first row: %.1f s (bar %d s)%n", took.toMillis() / 1000.0, BAR.toSeconds());
      assertTrue(took.compareTo(BAR) <= 0, took.toString());
      deploy(project, "globex", url);
      assertEquals("312.50", KIT.value("select sum(total) from globex.orders"));
      assertEquals("5", KIT.value("select count(*) from globex.customers"));
      String report = KIT.kit("connector", "verify", jar(project).toString()).ok();
      assertTrue(report.contains("org.apache.commons.lang3") && report.contains("com.example.globex"), report);
      Path third = project("initech", "--declarative");
      MAVEN.build(third, "verify");
      deploy(third, "initech", url);
      assertEquals("312.50", KIT.value("select sum(total) from initech.orders"));
      said = MAVEN.build(project("umbrella", "--caps", "discover,read,stream,remote,write"), "verify");
      assertTrue(said.matches("(?s).*Tests run: [1-9]\\d*, Failures: 0, Errors: 0.*BUILD SUCCESS.*"), said);
    } finally {
      source.destroyForcibly();
    }
    KIT.kit("stop").ok();
  }

  private static Path project(String name, String... options) {
    Path project = WORK.resolve("connector-" + name);
    List<String> arguments = new ArrayList<>(List.of("connector", "new", name, "--dir", project.toString()));
    arguments.addAll(List.of(options));
    KIT.kit(arguments.toArray(String[]::new)).ok();
    return project;
  }

  private static Path jar(Path project) {
    return Folders.list(project.resolve("target")).stream().filter(file -> file.toString().endsWith("SNAPSHOT.jar")).findFirst().orElseThrow();
  }

  /** As the comment in the project's bnd.bnd says. */
  private static void withPrivateLibrary(Path project, String className) {
    Path pom = project.resolve("pom.xml");
    Folders.write(pom, Folders.read(pom).replaceFirst("  </dependencies>\n  <build>", "    <dependency><groupId>org.apache.commons</groupId>"
        + "<artifactId>commons-lang3</artifactId><version>3.17.0</version></dependency>\n  </dependencies>\n  <build>"));
    Path bnd = project.resolve("bnd.bnd");
    Folders.write(bnd, Folders.read(bnd).replace("# -includeresource", "-includeresource"));
    Path code = project.resolve("src/main/java/com/example/" + className.toLowerCase(Locale.ROOT) + "/" + className + "Connector.java");
    Folders.write(code, Folders.read(code).replace("get(\"/customers\")", "get(org.apache.commons.lang3.StringUtils.prependIfMissing(\"customers\", \"/\"))"));
  }

  private static Process serve(Path project, String name) throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        project.resolve("target/test-classes").toString(), name + ".FakeServer").redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The first and only line that it prints. */
  private static String url(Process source) throws IOException {
    return new BufferedReader(new InputStreamReader(source.getInputStream(), StandardCharsets.UTF_8)).readLine();
  }

  private static void deploy(Path project, String name, String url) {
    Folders.write(KIT.home().resolve("etc/connectors/" + name + ".yaml"), "connector: " + name + "\nconfig: {url: \"" + url + "\"}\n");
    KIT.kit("deploy", jar(project).toString()).ok();
    Await.until(name + " is queryable", () -> KIT.kit("query", "select count(*) from " + name + ".orders").exit() == 0);
    assertEquals("25", KIT.value("select count(*) from " + name + ".orders"));
  }
}
