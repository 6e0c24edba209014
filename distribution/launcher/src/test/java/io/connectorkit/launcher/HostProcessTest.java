package io.connectorkit.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class HostProcessTest {

  @TempDir
  Path folder;

  private Product product;
  private HostFolders folders;

  @BeforeEach
  void makeProduct() throws IOException {
    product = Product.in(folder);
    folders = product.folders();
    product.bundle("witness", Witness.class, Map.of());
  }

  @Test
  void startsAndStopsTheBundlesOfTheProduct() throws IOException {
    try (HostProcess host = HostProcess.start(folders, HostMode.GATEWAY)) {
      assertTrue(host.isRunning());
      assertEquals("gateway " + folders.gatewayEndpoint(), Files.readString(folders.data().resolve("started.txt")));
    }
    assertTrue(Files.exists(folders.data().resolve("stopped.txt")));
  }

  @Test
  void goesOnWithoutABundleThatDoesNotStart() throws IOException {
    product.bundle("another", Witness.class, Map.of("Import-Package", "com.nowhere"));
    Files.writeString(folders.system().resolve("garbage.jar"), "no jar");
    try (HostProcess host = HostProcess.start(folders, HostMode.GATEWAY)) {
      Map<String, Integer> states = new HashMap<>();
      for (Bundle bundle : host.context().getBundles()) {
        states.put(bundle.getSymbolicName(), bundle.getState());
      }
      assertEquals(Bundle.ACTIVE, states.get("witness"));
      assertEquals(Bundle.INSTALLED, states.get("another"));
    }
  }

  @Test
  void refusesASecondGatewayAndNamesTheFirst() {
    try (HostProcess host = HostProcess.start(folders, HostMode.GATEWAY)) {
      HostException refused = assertThrows(HostException.class, () -> HostProcess.start(folders, HostMode.GATEWAY));
      assertTrue(refused.getMessage().startsWith("KIT-7003"), refused.getMessage());
      assertTrue(refused.getMessage().contains("process " + ProcessHandle.current().pid()), refused.getMessage());
      assertTrue(host.isRunning());
    }
    assertTrue(GatewayLock.holder(folders).isEmpty());
  }

  @Test
  void letsAJobRunBesideAGatewayAndLeaveNothingBehind() throws IOException {
    try (HostProcess gateway = HostProcess.start(folders, HostMode.GATEWAY)) {
      Path endpoint;
      try (HostProcess job = HostProcess.start(folders, HostMode.JOB)) {
        endpoint = job.endpointFile();
        assertEquals("job " + endpoint, Files.readString(folders.data().resolve("started.txt")));
        assertTrue(Files.isDirectory(endpoint.getParent().resolve("cache")));
      }
      assertFalse(Files.exists(endpoint.getParent()));
      assertTrue(gateway.isRunning());
    }
  }

  @Test
  void seesThatABundleHasStoppedTheHost() throws BundleException, InterruptedException {
    try (HostProcess host = HostProcess.start(folders, HostMode.GATEWAY)) {
      host.context().getBundle(0).stop();
      host.awaitStop();
      assertFalse(host.isRunning());
    }
  }

  @Test
  void forgetsTheEndpointOfAGatewayThatCrashed() throws IOException {
    folders.prepare();
    Files.writeString(folders.gatewayEndpoint(), "{}");
    HostProcess.start(folders, HostMode.GATEWAY).close();
    assertFalse(Files.exists(folders.gatewayEndpoint()));
  }

  @Test
  void saysWhichReferenceInTheConfigurationIsUnknown() throws IOException {
    folders.prepare();
    Files.writeString(folders.etc().resolve("config.properties"), "a.key=${no.such.thing}\n");
    HostException refused = assertThrows(HostException.class, () -> HostProcess.start(folders, HostMode.GATEWAY));
    assertTrue(refused.getMessage().contains("'a.key'") && refused.getMessage().contains("no.such.thing"), refused.getMessage());
    assertTrue(GatewayLock.holder(folders).isEmpty());
  }
}
