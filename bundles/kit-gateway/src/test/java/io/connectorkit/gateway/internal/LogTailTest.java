package io.connectorkit.gateway.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  @TempDir
  private Path folder;

  @Test
  void theLastLinesComeOldestFirst() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), "one a\ntwo\nthree a\nfour a\n");
    assertEquals(List.of("three a", "four a"), LogTail.of(log, 2, ""));
    assertEquals(List.of("one a", "three a", "four a"), LogTail.of(log, 9, "a"));
    assertEquals(List.of(), LogTail.of(log, 9, "b"));
  }

  @Test
  void ofALargeLogOnlyTheEndIsReadAndNoHalfLine() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), "first\n" + "x".repeat(5 << 20) + "\nlast\n");
    assertEquals(List.of("last"), LogTail.of(log, 9, ""));
  }

  @Test
  void aLogThatIsNotThereIsEmpty() throws IOException {
    assertEquals(List.of(), LogTail.of(folder.resolve("none"), 9, ""));
  }
}
