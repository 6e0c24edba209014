package io.connectorkit.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.launcher.HostFolders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignCommandTest {

  /** A variable that every process has and whose value nobody prints: a test cannot set one for itself. */
  private static final String VARIABLE = "PATH";

  @TempDir
  private static Path common;
  private static Path keystore;

  @TempDir
  Path folder;

  private final Captured captured = new Captured();
  private Path jar;

  @BeforeAll
  static void makeAKey() throws Exception {
    keystore = common.resolve("keys.p12");
    run(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keystore", keystore.toString(),
        "-storepass:env", VARIABLE, "-keyalg", "EC", "-alias", "acme releases", "-dname", "CN=Acme"));
  }

  @BeforeEach
  void makeAJar() throws IOException {
    jar = folder.resolve("acme.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/connector.yaml"));
      out.write("name: acme".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void signsTheJarInItsPlaceUnderTheNameThatJarsignerWouldTake() throws Exception {
    assertEquals(ExitCode.OK, sign(jar, "--alias", "acme releases"), captured::messages);
    assertEquals("Signed " + jar + " as 'CN=Acme'\n", captured.messages());
    try (JarFile signed = new JarFile(jar.toFile(), true); InputStream entry = signed.getInputStream(signed.getJarEntry("META-INF/connector.yaml"))) {
      entry.transferTo(OutputStream.nullOutputStream());
      assertEquals(1, signed.getJarEntry("META-INF/connector.yaml").getCodeSigners().length);
      assertTrue(signed.getEntry("META-INF/ACME_REL.SF") != null, "the first eight letters of the alias");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(jar), files.toList());
    }
  }

  @Test
  void leavesTheUnsignedJarAloneWhereAnotherIsNamed() throws Exception {
    byte[] before = Files.readAllBytes(jar);
    assertEquals(ExitCode.OK, sign(jar, "--alias", "acme releases", "--out", folder.resolve("signed.jar").toString()), captured::messages);
    assertArrayEquals(before, Files.readAllBytes(jar));
    assertTrue(Files.size(folder.resolve("signed.jar")) > before.length);
  }

  @Test
  void namesWhatIsWrongInOneLineAndLeavesTheJarAsItWas() throws Exception {
    byte[] before = Files.readAllBytes(jar);
    refused("KIT-7253", "acme releases", jar, "--alias", "acme");
    refused("KIT-7251", "NO_SUCH_VARIABLE", jar, "--alias", "acme releases", "--storepass-env", "NO_SUCH_VARIABLE");
    refused("KIT-7252", "password", jar, "--alias", "acme releases", "--storepass-env", "HOME");
    refused("KIT-7220", "no file", folder.resolve("gone.jar"), "--alias", "acme releases");
    assertArrayEquals(before, Files.readAllBytes(jar));
    refused("KIT-7254", "notes.jar", Files.writeString(folder.resolve("notes.jar"), "no zip"), "--alias", "acme releases");
  }

  private void refused(String code, String word, Path file, String... options) {
    Captured one = new Captured();
    assertEquals(ExitCode.FAILED, sign(one, file, options), one::messages);
    assertTrue(one.messages().startsWith(code) && one.messages().contains(word) && one.messages().lines().count() == 1, one::messages);
    assertTrue(!one.messages().contains(System.getenv(VARIABLE)), "no secret in a message");
  }

  /** A runtime without the JDK's tools. */
  @Test
  void saysThatARuntimeWithoutTheJarSignerCannotSign() throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--limit-modules",
        "java.desktop,java.logging,java.management,java.naming,java.sql", "-cp", System.getProperty("java.class.path"),
        "-Dkit.home=" + folder, Kit.class.getName(), "connector", "sign", jar.toString(), "--keystore", keystore.toString(), "--alias", "a"));
    String said = run(command, ExitCode.FAILED);
    assertTrue(said.startsWith("KIT-7250") && said.contains("jdk.jartool") && said.strip().lines().count() == 1, said);
  }

  private int sign(Path file, String... options) {
    return sign(captured, file, options);
  }

  private int sign(Captured target, Path file, String... options) {
    List<String> arguments = new ArrayList<>(List.of("connector", "sign", file.toString(), "--keystore", keystore.toString()));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--storepass-env")) {
      arguments.addAll(List.of("--storepass-env", VARIABLE));
    }
    return new Kit(new Session(target.console(), HostFolders.of(folder, folder))).execute(arguments.toArray(String[]::new));
  }

  private static void run(List<String> command) throws Exception {
    run(command, 0);
  }

  private static String run(List<String> command, int exit) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(exit, process.waitFor(), output);
    return output;
  }
}
