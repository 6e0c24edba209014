package io.connectorkit.runtime.internal.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

  /** Higher than any process has. */
  private static final long NOBODY = 999_999_999_999L;

  @TempDir
  private Path tmp;

  private Path file(String folder) throws IOException {
    return Files.writeString(Files.createDirectories(tmp.resolve(folder)).resolve("a.csv"), "x");
  }

  @Test
  void whatKilledProcessesLeftIsRemovedAndNothingElse() throws IOException {
    long self = ProcessHandle.current().pid();
    long other = ProcessHandle.current().parent().orElseThrow().pid();
    Path dead = file("scratch-" + NOBODY + "/shop-1");
    Path own = file("scratch-" + self + "/shop-1");
    Path alive = file("scratch-" + other + "/shop-1");
    Path foreign = file("scratch-notes");
    new Scratch(tmp);
    assertFalse(Files.exists(dead.getParent().getParent()));
    assertFalse(Files.exists(own.getParent().getParent()));
    assertTrue(Files.exists(alive) && Files.exists(foreign));
  }

  @Test
  void eachCallHasAFolderOfItsOwn() throws IOException {
    Scratch scratch = new Scratch(tmp.resolve("not/there"));
    Path one = scratch.folder("shop");
    Path two = scratch.folder("shop");
    assertNotEquals(one, two);
    Files.writeString(one.resolve("a.csv"), "x");
    Scratch.delete(one);
    assertEquals("false true", Files.exists(one) + " " + Files.exists(two));
    scratch.close();
    assertFalse(Files.exists(two));
  }
}
