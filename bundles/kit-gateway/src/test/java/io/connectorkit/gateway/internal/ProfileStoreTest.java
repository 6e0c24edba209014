package io.connectorkit.gateway.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.StoredTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileStoreTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir
  private Path root;

  private static StoredTable table(String source, String name, Instant at) {
    return new StoredTable(source, name, 2, 100, at, "local", "");
  }

  private static Profile profile(StoredTable table) {
    return new Profile(table.source(), table.table(), String.valueOf(table.extractedAt()), table.rows(), 2, List.of(
        new Profile.Column("id", "BIGINT", 0, 2, "1", null, List.of("1"), List.of(new Profile.Top(null, 1)), List.of(new Profile.Bin("1.0", 2)))));
  }

  @Test
  void whatIsWrittenIsReadAndIsOfTheTableAsItWas() {
    StoredTable table = table("shop", "orders", THEN);
    ProfileStore store = new ProfileStore(root);
    assertEquals(Optional.empty(), store.read(table));
    store.write(table, profile(table));
    Profile read = store.read(table).orElseThrow();
    assertEquals(profile(table), read);
    assertTrue(read.isOf(table));
    assertEquals(Optional.of(THEN), store.extractedAt(table));
    assertFalse(read.isOf(table("shop", "orders", THEN.plusSeconds(1))));
  }

  @Test
  void aFileCutOffIsAsGoodAsNone() throws IOException {
    StoredTable table = table("shop", "orders", THEN);
    ProfileStore store = new ProfileStore(root);
    store.write(table, profile(table));
    Path file = root.resolve("shop/orders.json");
    Files.writeString(file, Files.readString(file).substring(0, 20));
    assertEquals(Optional.empty(), store.read(table));
  }

  @Test
  void whatIsOfTablesThatAreGoneGoes() {
    StoredTable stays = table("shop", "orders", THEN);
    ProfileStore store = new ProfileStore(root);
    List.of(stays, table("shop", "lines", THEN), table("gone", "orders", THEN)).forEach(each -> store.write(each, profile(each)));
    store.retain(List.of(stays));
    assertTrue(Files.exists(root.resolve("shop/orders.json")));
    assertFalse(Files.exists(root.resolve("shop/lines.json")));
    assertFalse(Files.exists(root.resolve("gone")));
  }

  /** A name is data; it leads nowhere else. */
  @Test
  void aNameLeadsNowhereElse() {
    StoredTable odd = table("..", "../x", THEN);
    ProfileStore store = new ProfileStore(root.resolve("profiles"));
    store.write(odd, profile(odd));
    assertEquals(profile(odd), store.read(odd).orElseThrow());
    assertEquals(List.of("profiles"), Arrays.stream(root.toFile().list()).toList());
  }
}
