package io.connectorkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs bin/kit with a Java that only says how it was called. */
class KitScriptTest {

  @TempDir
  Path folder;

  private Path product;
  private Path java;

  @BeforeEach
  void unpack() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "bin/kit is a script for a POSIX shell");
    product = folder.resolve("the product");
    java = folder.resolve("a java");
    script(product.resolve("bin/kit"), Files.readString(Path.of("../archive/src/main/dist/bin/kit")));
    Files.createDirectories(product.resolve("system"));
    Files.writeString(product.resolve("system/jackson-core-1.jar"), "");
    Files.writeString(product.resolve("system/snakeyaml-2.jar"), "");
  }

  @Test
  void givesTheSameOptionsToEveryJava() throws Exception {
    List<String> options = run("17.0.15", "query", "SELECT 'a  b'");
    assertTrue(options.containsAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.sql/java.sql=ALL-UNNAMED", "-XX:+ExitOnOutOfMemoryError", "-Xmx256m")), options::toString);
    assertEquals(List.of("io.connectorkit.cli.Kit", "query", "SELECT 'a  b'"), options.subList(options.size() - 3, options.size()));
    String real = product.toRealPath().toString();
    assertEquals(real + "/lib/*:" + real + "/system/jackson-core-1.jar:" + real + "/system/snakeyaml-2.jar", options.get(options.indexOf("-cp") + 1));
  }

  @Test
  void keepsFromJava17WhatItDoesNotKnow() throws Exception {
    assertFalse(run("17.0.15", "run").toString().contains("sun-misc-unsafe"));
    assertFalse(run("21", "run").toString().contains("sun-misc-unsafe"));
  }

  @Test
  void tellsJava24AndLaterThatItIsMeant() throws Exception {
    for (String version : List.of("24", "25.0.3", "26-ea")) {
      List<String> options = run(version, "run");
      assertTrue(options.containsAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")),
          options::toString);
    }
  }

  @Test
  void refusesAnOldJavaInOneLine() throws Exception {
    for (String version : List.of("11.0.2", "1.8.0_400")) {
      List<String> said = run(version, "run");
      assertEquals(1, said.size(), said::toString);
      assertTrue(said.get(0).startsWith("KIT-7101 Java 17 or newer is needed") && said.get(0).contains(version), said::toString);
    }
  }

  @Test
  void asksAJavaThatHasNoReleaseFile() throws Exception {
    script(java.resolve("bin/java"), "#!/bin/sh\nif [ \"$1\" = -version ]; then echo 'openjdk version \"25.0.1\" 2026' >&2; "
        + "else printf '%s\\n' \"$@\"; fi\n");
    assertTrue(start(product.resolve("bin/kit"), "run").contains("--enable-native-access=ALL-UNNAMED"));
  }

  @Test
  void compilesShortCommandsLess() throws Exception {
    assertTrue(run("17", "--help").contains("-XX:TieredStopAtLevel=1"));
    assertTrue(run("17", "status", "--json").contains("-XX:TieredStopAtLevel=1"));
    assertFalse(run("17", "extract", "jdk").contains("-XX:TieredStopAtLevel=1"));
  }

  @Test
  void findsTheProductThroughLinks() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("kit"), Path.of("second"));
    Files.createSymbolicLink(folder.resolve("second"), Path.of("the product/bin/kit"));
    release("17");
    assertTrue(start(link, "run").contains("-Dkit.home=" + product.toRealPath()));
  }

  @Test
  void readsSetenv() throws Exception {
    Files.writeString(product.resolve("bin/setenv"),
        "KIT_HEAP=1g\nJAVA_OPTS='-Da=1 -Db=*'\nKIT_HOME='" + folder.resolve("some where") + "'\n");
    List<String> options = run("17", "run");
    assertTrue(options.containsAll(List.of("-Xmx1g", "-Da=1", "-Db=*")), options::toString);
    String home = folder.toRealPath().resolve("some where/data/tmp/jvm-").toString();
    assertTrue(options.stream().anyMatch(option -> option.startsWith("-Djava.io.tmpdir=" + home)), options::toString);
  }

  private List<String> run(String version, String... arguments) throws Exception {
    release(version);
    return start(product.resolve("bin/kit"), arguments);
  }

  private void release(String version) throws IOException {
    script(java.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
  }

  private List<String> start(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", java.toString());
    builder.environment().keySet().removeAll(List.of("KIT_HOME", "JAVA_OPTS", "KIT_HEAP"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return output.lines().toList();
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertTrue(file.toFile().setExecutable(true));
  }
}
