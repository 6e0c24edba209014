package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.itests.support.Audit;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.FullOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** C13, C2, B19: a disk that is full, or will be, fails a run and nothing else. */
class DiskFullSmokeIT {

  private static final int LIMIT_BLOCKS = 16_384; // of 512 bytes
  private static final String SMALL = "SELECT i AS id, %d AS generation FROM range(1000) t(i)";
  /** Random numbers, which nothing compresses: 24 MB. */
  private static final String LARGE = "SELECT i AS id, %d AS generation, random() AS noise FROM range(3000000) t(i)";

  private KitProcess kit;
  private boolean mounted;

  @AfterEach
  void endTheProcesses() throws Exception {
    if (kit != null) {
      kit.close();
    }
    if (mounted) {
      shell("umount", "-l", kit.extracts().toString());
    }
  }

  private static int shell(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
  }

  private void product(String name) {
    kit = KitProcess.of(name);
    configure(1);
  }

  private void configure(int minFreeMib) {
    Folders.write(kit.home().resolve("etc/io.connectorkit.host.cfg"), "snapshot.grace.minutes = 0\nrun.min.free.mib = " + minFreeMib + "\n");
  }

  /** What the source says from now on. */
  private Path source(int generation, String sqlOfB) {
    return kit.script("ledger", "tables = a, b\na.kind = query\na.key = id\na.sql = " + SMALL.formatted(generation) + "\nb.kind = query\nb.key = id\n"
        + "b.sql = " + sqlOfB.formatted(generation) + "\n");
  }

  /** Starts with a generation that is published. */
  private void begin() {
    source(1, SMALL);
    kit.run();
    Await.until("the first run is published", () -> Files.exists(extract()) && generations().equals(List.of(List.of("1", "1"))));
    assertEquals("OK", extracted(0).path("outcome").asText());
  }

  private JsonNode extracted(int exit) {
    KitProcess.Result result = kit.kit("extract", "ledger", "--json");
    assertEquals(exit, result.exit(), result.out() + result.err());
    return result.json();
  }

  private Path extract() {
    return kit.extracts().resolve("ledger/extract.duckdb");
  }

  private List<List<String>> generations() {
    return Database.query(extract(), "SELECT max(a.generation), max(b.generation) FROM a JOIN b USING (id)");
  }

  private void assertServed(int a, int b) {
    assertEquals(List.of(List.of(String.valueOf(a), String.valueOf(b))), generations());
    assertEquals(String.valueOf(b), kit.value("select max(generation) from ledger.b"));
    Audit audit = new Audit(kit.extracts().resolve("ledger"));
    assertEquals(List.of(), audit.contradictions());
    assertEquals(List.of(), audit.strays());
    assertEquals(List.of(), Folders.list(kit.extracts()).stream().filter(file -> file.getFileName().toString().startsWith(".")).toList());
  }

  @FullOnly
  @Test
  void aRunWithTooLittleFreeSpaceDoesNotBegin() {
    product("DiskFullBefore");
    begin();
    kit.kit("stop").ok();
    configure(1_000_000_000);
    kit.run();
    Await.until("the gateway answers", () -> kit.gateway().isPresent());
    source(2, SMALL);
    JsonNode run = extracted(1);
    assertEquals("FAILED", run.path("outcome").asText());
    assertTrue(run.path("error").asText().matches("KIT-4012 .*ledger has \\d+ MiB of free space and a run needs 1000000000 MiB .*run\\.min\\.free\\.mib.*"),
        run.toString());
    assertServed(1, 1);
  }

  /** The limit of the size of a file stands for a full disk: it needs no rights, and the write fails in the middle of the run as well. */
  @Test
  void aFileThatCannotBeWrittenToItsEndFailsItsTableAlone() throws IOException {
    product("DiskFullWithin");
    Files.writeString(kit.product().resolve("bin/setenv"), "\nulimit -f " + LIMIT_BLOCKS + "\n", StandardOpenOption.APPEND);
    begin();
    source(2, LARGE);
    JsonNode run = extracted(2);
    assertEquals("PARTIAL", run.path("outcome").asText());
    assertTrue(run.at("/tables/1/error").asText().matches("KIT-4013 table 'b': its rows cannot be written to .*ledger: File too large; .*"), run.toString());
    assertServed(2, 1);
    source(3, SMALL);
    extracted(0);
    assertServed(3, 3);
  }

  @FullOnly
  @Test
  void aDiskThatIsFullFailsTheRunAndNothingElse() throws Exception {
    product("DiskFull");
    configure(0);
    Files.createDirectories(kit.extracts());
    mounted = shell("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", kit.extracts().toString()) == 0;
    assumeTrue(mounted, "no small file system can be mounted here");
    begin();
    Path filler = kit.extracts().resolve("filler");
    for (int free : List.of(0, 64, 1024)) {
      Files.write(filler, new byte[(int) (Files.getFileStore(kit.extracts()).getUsableSpace() - free * 1024L)]);
      source(2, SMALL);
      assertEquals("FAILED", extracted(1).path("outcome").asText());
      Files.delete(filler);
      assertServed(1, 1);
    }
    source(2, LARGE);
    Files.write(filler, new byte[(int) (Files.getFileStore(kit.extracts()).getUsableSpace() - (8 << 20))]);
    assertEquals("PARTIAL", extracted(2).path("outcome").asText());
    Files.delete(filler);
    assertServed(2, 1);
    source(3, LARGE);
    extracted(0);
    assertServed(3, 3);
  }
}
