package io.connectorkit.runtime.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a publish and a read do about files that are not as they were written. */
class DamagedExtractTest extends StoreFixture {

  @Test
  void anExtractThatCannotBeReadIsNotTouched() throws Exception { // G6
    publish(content(List.of(table("r1", "a", 3)), List.of(run("r1", "a", Instant.now()))));
    byte[] whole = Files.readAllBytes(store.paths().extract());
    for (byte[] damaged : List.of("not a database".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(whole, whole.length / 2))) {
      Files.write(store.paths().extract(), damaged);
      KitException e = assertThrows(KitException.class, store::load);
      assertEquals("KIT-4002", e.code());
      assertTrue(e.getMessage().contains("delete it to extract everything anew"), e.getMessage());
      assertArrayEquals(damaged, Files.readAllBytes(store.paths().extract()));
    }
  }

  /** G6: what is remembered has checksums, so that a damaged watermark is an error and not another watermark. */
  @Test
  void aDamagedExtractIsNotTakenForAnother() throws Exception {
    publish(content(List.of(table("r1", "a", 3)), List.of(run("r1", "a", Instant.now()))));
    byte[] bytes = Files.readAllBytes(store.paths().extract());
    byte[] watermark = "2026-01-31T23:59:59.123456Z".getBytes(StandardCharsets.US_ASCII);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(watermark, StandardCharsets.ISO_8859_1));
    assertTrue(at > 0, "the watermark stands in the file");
    bytes[at + 9]++;
    Files.write(store.paths().extract(), bytes);
    assertEquals("KIT-4002", assertThrows(KitException.class, store::load).code());
  }

  /** D11, F7: files that this run did not write are none of its business; a table that cannot be shown is read in full the next time. */
  @Test
  void aTableWhoseOldFilesAreDamagedIsLeftOutAlone() throws Exception {
    ExtractContent last = content(List.of(table("r1", "corrupt", 3), table("r1", "kept", 4), table("r1", "lost", 5), table("r1", "shorn", 6),
        schema("{", table("r1", "unknown", 7))), List.of(run("r1", "a", Instant.now())));
    publish(content(last.tables().subList(0, 4), last.runs()));
    damage(last.tables().get(0), bytes -> new byte[bytes.length]);
    Files.delete(file(last.tables().get(2)));
    damage(last.tables().get(3), bytes -> Arrays.copyOf(bytes, bytes.length - 1));
    List<TableRecord> wanted = new ArrayList<>(last.tables());
    wanted.add(table("r2", "new", 1));
    ExtractContent published = store.publish(last, last.next(wanted, List.of(run("r2", "new", Instant.now())), Instant.now()));
    assertEquals(List.of("kept", "new"), published.tables().stream().map(TableRecord::table).toList());
    assertEquals(published.tables(), store.load().tables());
    assertEquals(List.of("4", "1"), query("SELECT count(*) FROM kept UNION ALL SELECT count(*) FROM new"));
    assertTrue(store.load().retired().stream().anyMatch(file -> file.path().equals(last.tables().get(0).files().get(0).path())),
        "older readers may still have it open");
  }

  /** D11: its twin; what this run wrote must be right. */
  @Test
  void aDamagedNewFileFailsThePublishWhateverElseIsDamaged() throws Exception {
    TableRecord old = table("r1", "old", 3);
    publish(content(List.of(old), List.of(run("r1", "old", Instant.now()))));
    ExtractContent last = store.load();
    byte[] before = Files.readAllBytes(store.paths().extract());
    TableRecord added = table("r2", "added", 3);
    damage(added, bytes -> new byte[bytes.length]);
    damage(old, bytes -> new byte[bytes.length]);
    KitException e = assertThrows(KitException.class,
        () -> store.publish(last, last.next(List.of(old, added), List.of(run("r2", "added", Instant.now())), Instant.now())));
    assertEquals("KIT-4003", e.code());
    assertArrayEquals(before, Files.readAllBytes(store.paths().extract()));
  }

  @Test
  void aPublishThatFailsLeavesTheLastOneServed() throws Exception { // B19, E1
    TableRecord table = table("r1", "a", 3);
    publish(content(List.of(table), List.of(run("r1", "a", Instant.now()))));
    TableRecord missing = record("r2", "b", Instant.now(),
        StoredFile.data(".kit/snapshots/r2/b.parquet", 1, 1, SCHEMA));
    KitException e = assertThrows(KitException.class,
        () -> publish(content(List.of(missing), List.of(run("r2", "b", Instant.now())))));
    assertEquals("KIT-4003", e.code());
    assertEquals(List.of("3"), query("SELECT count(*) FROM a"));
  }

  private static TableRecord schema(String json, TableRecord table) {
    return new TableRecord(table.table(), table.sourceId(), table.description(), table.rows(), table.extractedAt(), json, table.primaryKey(),
        table.run(), table.files(), table.state());
  }

  private Path file(TableRecord table) {
    return store.paths().root().resolve(table.files().get(0).path());
  }

  private void damage(TableRecord table, UnaryOperator<byte[]> change) throws Exception {
    Files.write(file(table), change.apply(Files.readAllBytes(file(table))));
  }
}
