package io.connectorkit.gateway.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

  @TempDir
  private Path folder;

  private Tokens tokens() {
    return new Tokens(folder.resolve("tokens.json"));
  }

  @Test
  void aTokenIsFoundByItsTextAlsoAfterARestart() {
    String text = tokens().create("a", Role.OPERATE);
    assertEquals(Optional.of(new Caller("a", Role.OPERATE, false)), tokens().find(text));
    assertEquals(Optional.empty(), tokens().find(text + "0"));
    assertEquals(Optional.empty(), tokens().find(""));
  }

  @Test
  void theFileHoldsNoTokenAndIsForItsOwnerOnly() throws IOException {
    String text = tokens().create("a", Role.READ);
    Path file = folder.resolve("tokens.json");
    assertFalse(Files.readString(file).contains(text));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void aRevokedTokenIsGoneForAProcessThatKnewIt() {
    Tokens one = tokens();
    String text = one.create("a", Role.READ);
    one.create("b", Role.READ);
    assertTrue(one.find(text).isPresent());
    tokens().revoke("a");
    assertEquals(Optional.empty(), one.find(text));
    assertThrows(KitException.class, () -> one.revoke("a"));
  }

  @Test
  void namesAreUniqueAndPlain() {
    tokens().create("a", Role.READ);
    assertEquals("KIT-6010", assertThrows(KitException.class, () -> tokens().create("a", Role.DEPLOY)).code());
    for (String name : new String[] {"", " ", "../x", "a b", "x".repeat(65), "-x"}) {
      assertEquals("KIT-6003", assertThrows(KitException.class, () -> tokens().create(name, Role.READ), name).code());
    }
  }

  /** Nobody gets in because a file cannot be read. */
  @Test
  void aDamagedFileLetsNobodyIn() throws IOException {
    String text = tokens().create("a", Role.READ);
    Files.writeString(folder.resolve("tokens.json"), "[{");
    assertEquals("KIT-6011", assertThrows(KitException.class, () -> tokens().find(text)).code());
  }
}
