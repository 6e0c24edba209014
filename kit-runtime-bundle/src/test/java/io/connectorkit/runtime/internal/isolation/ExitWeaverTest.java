package io.connectorkit.runtime.internal.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitWeaverTest {

  private static Object call(String method) throws Exception {
    ClassLoader loader = new PrivateLoader(Exits.class, (name, code) -> ExitWeaver.weave(code, "bundle acme 1.0.0: class " + name));
    Method exit = Class.forName(Exits.class.getName(), true, loader).getDeclaredMethod(method);
    exit.setAccessible(true);
    return exit.invoke(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "runtimeExit", "halt", "lambda", "reference", "boundReference", "unboundReference", "interfaceMethod",
      "interfaceReference", "branches", "initialiser"})
  void everyWayToEndTheProcessThrowsAndNamesTheBundleAndTheClass(String method) {
    Throwable thrown = assertThrows(InvocationTargetException.class, () -> call(method)).getCause();
    if (thrown instanceof ExceptionInInitializerError) {
      thrown = thrown.getCause();
    }
    assertEquals(SecurityException.class, thrown.getClass());
    assertTrue(thrown.getMessage().startsWith("KIT-1040 bundle acme 1.0.0: class " + Exits.class.getName()), thrown.getMessage());
    assertTrue(thrown.getMessage().matches(".* calls (System|Runtime)\\.(exit|halt), .*"), thrown.getMessage());
  }

  @Test
  void aClassThatOnlyTalksOfExitsIsItself() throws Exception {
    assertEquals(Exits.exitInATextOnly(), call("exitInATextOnly"));
    byte[] harmless = PrivateLoader.code(ExitWeaver.class);
    assertSame(harmless, ExitWeaver.weave(harmless, "here"));
    assertNotSame(harmless, ExitWeaver.weave(PrivateLoader.code(Exits.class), "here"));
  }

  @Test
  void aClassOfAJavaThatIsNotKnownYetIsRefused() throws Exception {
    byte[] code = PrivateLoader.code(Exits.class);
    code[7] = (byte) 200;
    assertThrows(IllegalArgumentException.class, () -> ExitWeaver.weave(code, "here"));
  }

  /** The figure for the notes; the bound only tells milliseconds from minutes. */
  @Test
  void theSearchCostsNextToNothing() throws Exception {
    byte[] code = PrivateLoader.code(CompletableFuture.class);
    long start = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      assertSame(code, ExitWeaver.weave(code, "here"));
    }
    double micros = (System.nanoTime() - start) / 1e6;
    assertFalse(micros > 2000, micros + " us for a class of " + code.length + " bytes");
  }
}
