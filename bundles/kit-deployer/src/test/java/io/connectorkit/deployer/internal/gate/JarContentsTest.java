package io.connectorkit.deployer.internal.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H10 for jars: what a hostile one can do is bounded, and it cannot say one thing to the gate and another to the framework. */
class JarContentsTest {

  private static final Limits SMALL = new Limits(5, 60_000, 100_000, 10, 50_000);

  @TempDir
  private Path folder;

  private String refusal(String code, Limits limits, byte[] jar) throws Exception {
    Path file = Files.write(folder.resolve("x.jar"), jar);
    KitException refused = assertThrows(KitException.class, () -> JarContents.read("x.jar", file, limits, Set.of()));
    assertEquals(code, refused.code(), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
    return refused.getMessage();
  }

  private JarContents read(Limits limits, TestJar jar) throws Exception {
    return JarContents.read("x.jar", jar.writeTo(folder.resolve("x.jar")), limits, Set.of("kept"));
  }

  @Test
  void namesClassesAndKeptContentAreThere() throws Exception {
    JarContents contents = read(SMALL, TestJar.library().entry("kept", "text").classFile("a/B.class", 21).entry("c/", ""));
    assertEquals(Set.of("META-INF/MANIFEST.MF", "kept", "a/B.class", "c/"), contents.names());
    assertEquals(65, contents.classes().get("a/B.class"));
    assertEquals("text", new String(contents.content("kept"), StandardCharsets.UTF_8));
  }

  @Test
  void eachLimitHoldsAndWhatIsBelowItPasses() throws Exception {
    TestJar many = TestJar.library();
    for (int i = 0; i < 4; i++) {
      many.entry("e" + i, "");
    }
    read(SMALL, many);
    assertTrue(refusal("KIT-1024", SMALL, many.entry("one more", "").bytes()).contains("6 entries"));
    read(SMALL, TestJar.library().entry("zeros", new byte[49_000]));
    assertTrue(refusal("KIT-1024", SMALL, TestJar.library().entry("zeros", new byte[51_000]).bytes()).contains("unpacks from"));
    assertTrue(refusal("KIT-1024", new Limits(5, 1000, 100_000, 10, 50_000), TestJar.library().entry("large", new byte[1001]).bytes())
        .contains("entry large is larger than 1000 bytes"));
  }

  /** The sizes in the headers say 10 bytes; what comes out counts. */
  @Test
  void aBombIsStoppedWhileItUnpacks() throws Exception {
    byte[] bomb = TestJar.library().entry("bomb", new byte[60_000_000]).bytes();
    long start = System.nanoTime();
    refusal("KIT-1024", Limits.DEFAULT, bomb);
    assertTrue(System.nanoTime() - start < 5_000_000_000L);
    int size = indexOf(bomb, new byte[] {0, (byte) 0x87, (byte) 0x93, 3}, bomb.length - 200);
    bomb[size] = 10;
    bomb[size + 1] = 0;
    bomb[size + 2] = 0;
    bomb[size + 3] = 0;
    refusal("KIT-1024", Limits.DEFAULT, bomb);
  }

  @Test
  void namesThatLeadOutOfTheJarAreRefused() throws Exception {
    for (String name : new String[] {"../evil", "a/../../evil", "/etc/evil", "a\\evil", "C:/evil", "a/..", "a\0b", "a\nb"}) {
      String message = refusal("KIT-1025", Limits.DEFAULT, TestJar.library().entry(name, "x").bytes());
      assertTrue(message.contains("leads out of the jar"), message);
    }
    read(Limits.DEFAULT, TestJar.library().entry("a/..b/c..", "x").entry("ä/é.txt", "x"));
  }

  @Test
  void aNameThatIsThereTwiceIsRefused() throws Exception {
    byte[] jar = TestJar.library().entry("same", "x").entry("sama", "y").bytes();
    byte[] other = "sama".getBytes(StandardCharsets.UTF_8);
    for (int at = indexOf(jar, other, 0); at >= 0; at = indexOf(jar, other, 0)) {
      jar[at + 3] = 'e';
    }
    assertTrue(refusal("KIT-1025", Limits.DEFAULT, jar).contains("entry same is there twice"));
  }

  private static int indexOf(byte[] all, byte[] part, int from) {
    for (int i = Math.max(from, 0); i <= all.length - part.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }
}
