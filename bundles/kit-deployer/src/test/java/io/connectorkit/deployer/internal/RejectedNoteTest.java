package io.connectorkit.deployer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedNoteTest {

  private static final String REASON = "KIT-1003 ä.jar is empty; copy it again";

  @TempDir
  private Path folder;

  private RejectedNote notes;
  private Path jar;
  private Path note;

  @BeforeEach
  void makeFile() throws IOException {
    notes = new RejectedNote(folder);
    jar = Files.createFile(folder.resolve("ä.jar"));
    note = folder.resolve("ä.jar.rejected");
  }

  @Test
  void aNoteSaysWhyAndWhenAndIsTheOnlyFileThatIsLeft() throws Exception {
    notes.write(jar, REASON);
    List<String> lines = Files.readAllLines(note);
    assertEquals(REASON, lines.get(0));
    assertTrue(lines.get(1).matches("Rejected by Connector Kit at \\d{4}-.*Z\\. .*"), lines.get(1));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
    var written = Files.getLastModifiedTime(note);
    Object key = Files.getAttribute(note, "fileKey");
    notes.write(jar, REASON);
    assertEquals(written, Files.getLastModifiedTime(note));
    assertEquals(key, Files.getAttribute(note, "fileKey"), "not written again for the same reason");
    notes.write(jar, "KIT-1004 another");
    assertEquals("KIT-1004 another", Files.readAllLines(note).get(0));
    notes.clear("ä.jar");
    assertFalse(Files.exists(note));
    notes.clear("ä.jar");
  }

  @Test
  void aLinkAtItsPlaceIsReplacedAndNotFollowed() throws Exception {
    Path target = Files.writeString(folder.resolve("precious"), "precious");
    Files.createSymbolicLink(note, target);
    notes.clear("ä.jar");
    assertTrue(Files.isSymbolicLink(note));
    notes.write(jar, REASON);
    assertTrue(Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS));
    assertEquals("precious", Files.readString(target));
  }

  @Test
  void aLinkAtThePlaceOfTheDraftIsNotFollowedEither() throws Exception {
    Path target = Files.writeString(folder.resolve("precious"), "precious");
    Files.createSymbolicLink(folder.resolve(".ä.jar.rejected.tmp"), target);
    notes.write(jar, REASON);
    assertEquals(REASON, Files.readAllLines(note).get(0));
    assertEquals("precious", Files.readString(target));
  }

  @Test
  void notesOfFilesThatHaveGoneAreDeletedAndOnlyThose() throws Exception {
    notes.write(jar, REASON);
    notes.write(folder.resolve("gone.jar"), REASON);
    Files.writeString(folder.resolve("mine.rejected"), "a file of somebody else");
    notes.clearStale();
    assertTrue(Files.exists(note));
    assertFalse(Files.exists(folder.resolve("gone.jar.rejected")));
    assertTrue(Files.exists(folder.resolve("mine.rejected")));
  }

  @Test
  void whatCannotBeWrittenIsDoneWithout() throws Exception {
    Files.createDirectory(note);
    Files.createFile(note.resolve("content"));
    notes.write(jar, REASON);
    notes.clear("ä.jar");
    assertTrue(Files.isDirectory(note));
    assertFalse(Files.exists(folder.resolve(".ä.jar.rejected.tmp")));
    RejectedNote nowhere = new RejectedNote(folder.resolve("nowhere"));
    nowhere.write(jar, REASON);
    nowhere.clear("ä.jar");
    nowhere.clearStale();
  }
}
