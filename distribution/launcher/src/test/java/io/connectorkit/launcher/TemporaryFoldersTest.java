package io.connectorkit.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFoldersTest {

  /** Far above what any system gives out. */
  private static final String DEAD = "999999999";
  private static final String ALIVE = String.valueOf(ProcessHandle.current().parent().orElseThrow().pid());

  @TempDir
  Path folder;

  private HostFolders folders;

  @BeforeEach
  void leaveThingsBehind() throws IOException {
    folders = HostFolders.of(folder, folder);
    folders.prepare();
    for (String name : new String[] {"jvm-" + DEAD, "job-" + DEAD, "duckdb-" + DEAD, "jvm-" + ALIVE, "job-" + ALIVE}) {
      Files.createDirectories(folders.temporary().resolve(name));
      Files.writeString(folders.temporary().resolve(name).resolve("library.so"), "");
    }
    Files.writeString(folders.temporary().resolve("nobodys"), "");
  }

  @Test
  void aJobRemovesOnlyWhatDeadProcessesLeft() throws IOException {
    new TemporaryFolders(folders).sweep(false);
    assertEquals(Set.of("jvm-" + ALIVE, "job-" + ALIVE, "nobodys"), left());
  }

  @Test
  void theGatewayRemovesWhatNobodyOwnsAsWell() throws IOException {
    new TemporaryFolders(folders).sweep(true);
    assertEquals(Set.of("jvm-" + ALIVE, "job-" + ALIVE), left());
  }

  private Set<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folders.temporary())) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
