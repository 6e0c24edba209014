package io.connectorkit.deployer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.DeployedFile.State;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

class FileTableTest {

  private static final Jar JAR = Jars.of("a.jar", "1.0.0");

  private final List<State> heard = new ArrayList<>();
  private final FileTable files = new FileTable(file -> heard.add(file.state()));

  private static Bundle bundle(long id) {
    return (Bundle) Proxy.newProxyInstance(Bundle.class.getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, arguments) -> id);
  }

  private DeployedFile find() {
    return files.find("a.jar").orElseThrow();
  }

  @Test
  void whatBecameOfAFileIsListedAndTold() {
    files.appeared("a.jar");
    files.record("a.jar", State.DEPLOYING, JAR, null, "", "");
    files.record("a.jar", State.DEPLOYED, JAR, bundle(7), "", "a note");
    assertEquals(List.of(State.DEPLOYING, State.DEPLOYED), heard);
    DeployedFile file = find();
    assertEquals(new DeployedFile("a.jar", State.DEPLOYED, "acme", "1.0.0", 7, "sha-of-1.0.0", "", "a note", file.since()), file);
    files.appeared("0.jar");
    files.reject("0.jar", "empty");
    assertEquals(List.of("0.jar", "a.jar"), files.list().stream().map(DeployedFile::file).toList());
    assertThrows(UnsupportedOperationException.class, () -> files.list().clear());
  }

  @Test
  void aFileThatHasGoneIsNotRecordedAnyMore() {
    files.appeared("a.jar");
    files.record("a.jar", State.DEPLOYING, JAR, null, "", "");
    files.gone("a.jar");
    files.record("a.jar", State.DEPLOYED, JAR, bundle(7), "", "");
    files.reject("a.jar", "too late");
    files.record("never there.jar", State.DEPLOYED, JAR, bundle(7), "", "");
    assertEquals(List.of(), files.list());
    assertEquals(Optional.empty(), files.find("a.jar"));
    assertEquals(List.of(State.DEPLOYING), heard, "and nobody hears of it");
    files.appeared("a.jar");
    files.record("a.jar", State.DEPLOYED, JAR, bundle(7), "", "");
    assertEquals(State.DEPLOYED, find().state());
  }

  @Test
  void aBadFileInPlaceOfAGoodOneSaysThatTheGoodOneGoesOn() {
    files.appeared("a.jar");
    files.record("a.jar", State.DEPLOYED, JAR, bundle(7), "", "");
    files.reject("a.jar", "KIT-1003 a.jar is empty");
    assertEquals(new DeployedFile("a.jar", State.REJECTED, "acme", "1.0.0", 7, "sha-of-1.0.0",
        "KIT-1003 a.jar is empty (the version before it goes on)", "", find().since()), find());
  }

  @Test
  void aBadFileThatReplacedNothingHasNoBundle() {
    files.appeared("a.jar");
    files.reject("a.jar", "KIT-1003 a.jar is empty");
    assertEquals(new DeployedFile("a.jar", State.REJECTED, "", "", -1, "", "KIT-1003 a.jar is empty", "", find().since()), find());
  }
}
