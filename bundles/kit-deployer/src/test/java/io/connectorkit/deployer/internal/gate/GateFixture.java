package io.connectorkit.deployer.internal.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.DeclarationCheck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** A gate of a host 1.0.0 on Java 17 that trusts nobody and asks for no signatures. */
abstract class GateFixture {

  static final HostVersions HOST = new HostVersions(new Version("1.0.0"), new Version("1.1.0"), 17);

  @TempDir
  Path folder;

  TrustPolicy policy() {
    return new TrustPolicy(folder.resolve("trust"), false, Set.of(), Map.of());
  }

  Gate gate() {
    return new Gate(HOST, new DeclarationCheck(), this::policy);
  }

  CheckedJar pass(TestJar jar) throws Exception {
    return gate().check("acme.jar", jar.writeTo(folder.resolve("acme.jar")));
  }

  /** The refusal, which has to be one line that begins with the code and names the file. */
  String refusal(String code, Path file) {
    KitException refused = assertThrows(KitException.class, () -> gate().check(file.getFileName().toString(), file));
    String message = refused.getMessage();
    assertEquals(code, refused.code(), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("; "), "there is no remedy: " + message);
    return message;
  }

  String refusal(String code, TestJar jar) throws Exception {
    return refusal(code, jar.writeTo(folder.resolve("acme.jar")));
  }
}
