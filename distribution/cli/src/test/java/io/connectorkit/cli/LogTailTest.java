package io.connectorkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  @TempDir
  Path folder;

  @Test
  void givesEachLineOnceAndOnlyWhenItIsComplete() throws IOException {
    Path file = Files.writeString(folder.resolve("kit.log"), "one\ntw");
    try (LogTail tail = new LogTail(file)) {
      assertEquals(List.of("one"), tail.grown());
      Files.writeString(file, "o ü\n", StandardOpenOption.APPEND);
      assertEquals(List.of("two ü"), tail.grown());
      assertEquals(List.of(), tail.grown());
    }
  }

  @Test
  void goesOnInTheNewFileWhenTheLogIsRolledOver() throws IOException {
    Path file = Files.writeString(folder.resolve("kit.log"), "one\n");
    try (LogTail tail = new LogTail(file)) {
      tail.grown();
      Files.writeString(file, "last\n", StandardOpenOption.APPEND);
      Files.move(file, folder.resolve("kit.1.log"));
      Files.writeString(file, "first\n");
      assertEquals(List.of("last", "first"), tail.grown());
    }
  }

  @Test
  void keepsTheStackTraceOfAnEntryThatIsWanted() {
    LogFilter filter = new LogFilter("shop");
    assertEquals(List.of("2026-11-22T09:00:00.000Z ERROR shop failed", "  at Some.code"), List.of(
        "2026-11-22T08:59:00.000Z INFO shop-2 fine", "  no part of it",
        "2026-11-22T09:00:00.000Z ERROR shop failed", "  at Some.code", "2026-11-22T09:01:00.000Z INFO workshop")
        .stream().filter(filter).toList());
  }
}
