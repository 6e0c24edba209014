package io.connectorkit.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository with what a vendor gets from us, and a Maven that knows nothing else of this build: a local repository of its own, filled
 * from that repository and, in place of the network, from what this build has resolved.
 */
public final class MavenRepository {

  /** All modules behind the BOM. */
  private static final List<String> MODULES = List.of(".", "distribution/bom", "distribution/archetype", "bundles/lib-arrow", "kit-api-bundle",
      "bundles/kit-http", "bundles/kit-declaration", "bundles/kit-declarative", "bundles/kit-contract");
  /** What stands behind the parent, if there is one. */
  private static final Pattern ARTIFACT = Pattern.compile("(?s)^(?:.*</parent>)?.*?<artifactId>([^<]+)</artifactId>");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
  private static final long PATIENCE_SECONDS = 240;

  private final Path folder;

  private MavenRepository(Path folder) {
    this.folder = folder;
  }

  /** Lays the artifacts of this build out. */
  public static MavenRepository in(Path folder) {
    MavenRepository repository = new MavenRepository(folder);
    Path root = Folders.target().resolve("../..").normalize();
    MODULES.stream().map(root::resolve).filter(module -> Files.exists(module.resolve("pom.xml"))).forEach(repository::lay);
    Folders.write(folder.resolve("settings.xml"), """
        <settings>
          <profiles>
            <profile>
              <id>kit</id>
              <repositories>
                <repository>
                  <id>central</id>
                  <url>%1$s</url>
                  <releases><checksumPolicy>ignore</checksumPolicy></releases>
                  <snapshots><enabled>false</enabled><checksumPolicy>ignore</checksumPolicy></snapshots>
                </repository>
                <repository>
                  <id>kit</id>
                  <url>%2$s</url>
                  <releases><checksumPolicy>ignore</checksumPolicy></releases>
                  <snapshots><enabled>true</enabled><checksumPolicy>ignore</checksumPolicy></snapshots>
                </repository>
              </repositories>
              <pluginRepositories>
                <pluginRepository>
                  <id>central</id>
                  <url>%1$s</url>
                  <releases><checksumPolicy>ignore</checksumPolicy></releases>
                  <snapshots><enabled>false</enabled><checksumPolicy>ignore</checksumPolicy></snapshots>
                </pluginRepository>
              </pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>kit</activeProfile></activeProfiles>
        </settings>
        """.formatted(Path.of(System.getProperty("kit.m2")).toUri(), folder.resolve("repository").toUri()));
    return repository;
  }

  private void lay(Path module) {
    String pom = Folders.read(module.resolve("pom.xml"));
    Matcher own = ARTIFACT.matcher(pom);
    Matcher version = VERSION.matcher(pom);
    if (!own.find() || !version.find()) {
      throw new AssertionError("no artifact in " + module);
    }
    String artifact = own.group(1);
    String name = artifact + "-" + version.group(1);
    Path target = folder.resolve("repository/io/connectorkit").resolve(artifact).resolve(version.group(1));
    Folders.write(target.resolve(name + ".pom"), pom);
    Path jar = module.resolve("target").resolve(name + ".jar");
    if (Files.exists(jar)) {
      try {
        Files.copy(jar, target.resolve(jar.getFileName()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Builds a project; gives what Maven said. */
  public String build(Path project, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("kit.maven"), "bin", "mvn").toString(), "-B", "-ntp", "-s",
        folder.resolve("settings.xml").toString(), "-Dmaven.repo.local=" + folder.resolve("local")));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("maven.log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeAll(List.of("MAVEN_OPTS", "MAVEN_ARGS", "MAVEN_PROJECTBASEDIR"));
    try {
      Process process = builder.start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError("the build of " + project + (ended ? " failed" : " did not end") + ":\n" + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
