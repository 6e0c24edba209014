package io.connectorkit.deployer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class BundleStoreTest {

  @TempDir
  private Path home;

  private Path folder;
  private BundleStore store;

  @BeforeEach
  void makeStore() {
    folder = home.resolve("data/bundles");
    store = new BundleStore(folder);
  }

  /** A file's content as the store has it, once it has passed the gate. */
  private Jar kept(String symbolicName, String version) throws IOException {
    String sha256 = symbolicName + '-' + version;
    Path copy = store.take(Files.writeString(home.resolve("incoming.jar"), sha256));
    return new Jar("a.jar", symbolicName, Version.parseVersion(version), sha256, store.keep(copy, sha256), "");
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  private void damage(String symbolicName, String notes) throws IOException {
    Files.writeString(folder.resolve(symbolicName + ".properties"), notes);
  }

  @Test
  void aCopyStaysAsItIsWhenItsFileChanges() throws Exception {
    Path file = Files.writeString(home.resolve("a.jar"), "first");
    Path copy = store.take(file);
    Files.writeString(file, "second");
    assertEquals("first", Files.readString(copy));
    Path kept = store.keep(copy, "abc");
    assertEquals(Set.of("abc.jar"), files());
    assertEquals("first", Files.readString(kept));
    store.keep(store.take(file), "abc");
    assertEquals(Set.of("abc.jar"), files());
    store.drop("abc");
    store.drop("abc");
    assertEquals(Set.of(), files());
  }

  @Test
  void aFileThatCannotBeReadLeavesNoCopy() throws Exception {
    assertThrows(NoSuchFileException.class, () -> store.take(home.resolve("gone.jar")));
    assertEquals(Set.of(), files());
  }

  @Test
  void whatWasGoodAndWhatWasRefusedIsKnownAfterARestart() throws Exception {
    Jar good = kept("acme", "1.0.0");
    store.confirm(good);
    store.refuse(kept("acme", "2.0.0"), "KIT-1015 ä: no = \\ good");
    BundleStore restarted = new BundleStore(folder);
    assertEquals(Optional.of(good.named("")), restarted.good("acme"));
    assertEquals(Optional.of(new BundleStore.Refusal("acme-2.0.0", "KIT-1015 ä: no = \\ good")), restarted.refused("acme"));
    assertEquals(Optional.empty(), restarted.good("other"));
    assertEquals(Optional.empty(), restarted.refused("other"));
    restarted.confirm(kept("acme", "3.0.0"));
    assertEquals(Optional.empty(), store.refused("acme"), "what is good again ends the refusal");
    assertEquals("3.0.0", store.good("acme").orElseThrow().version().toString());
  }

  @Test
  void goodContentThatIsNotThereAnyMoreIsNotGivenOut() throws Exception {
    store.confirm(kept("acme", "1.0.0"));
    store.drop("acme-1.0.0");
    assertEquals(Optional.empty(), store.good("acme"));
  }

  @Test
  void damagedNotesCountForNothingAndAreWrittenAnew() throws Exception {
    Jar jar = kept("acme", "1.0.0");
    for (String notes : new String[] {"", "\\u00zz", "\0\0\0", "good=acme-1.0.0\nversion=one.two\n", "good=\0\n"}) {
      damage("acme", notes);
      assertEquals(Optional.empty(), store.good("acme"), notes);
      assertEquals(Optional.empty(), store.refused("acme"), notes);
      store.sweep(Set.of("acme"), Set.of("acme-1.0.0"));
      store.confirm(jar);
      assertEquals(Optional.of(jar.named("")), store.good("acme"));
    }
    damage("acme", "refused=acme-2.0.0\n");
    assertFalse(store.refused("acme").orElseThrow().reason().isEmpty());
    Files.delete(folder.resolve("acme.properties"));
    Files.createDirectories(folder.resolve("acme.properties/in the way"));
    store.confirm(jar);
    assertEquals(Set.of("acme-1.0.0.jar", "acme.properties"), files(), "no draft is left");
  }

  @Test
  void aSweepKeepsWhatIsNeededAndNoMore() throws Exception {
    store.confirm(kept("acme", "1.0.0"));
    kept("acme", "2.0.0");
    kept("acme", "3.0.0");
    store.confirm(kept("gone", "1.0.0"));
    Files.createFile(folder.resolve("incoming-1.jar"));
    Files.createFile(folder.resolve("notes-1.new"));
    store.sweep(Set.of("acme"), Set.of("acme-2.0.0"));
    assertEquals(Set.of("acme.properties", "acme-1.0.0.jar", "acme-2.0.0.jar"), files());
    new BundleStore(home.resolve("nowhere")).sweep(Set.of(), Set.of());
  }

  @Test
  void aSweepSparesACopyThatIsBeingLookedAt() throws Exception {
    Path copy = store.take(Files.writeString(home.resolve("a.jar"), "content"));
    store.sweep(Set.of(), Set.of());
    assertTrue(Files.exists(store.keep(copy, "abc")));
    store.drop(store.take(home.resolve("a.jar")));
    store.sweep(Set.of(), Set.of());
    assertEquals(Set.of(), files());
  }
}
