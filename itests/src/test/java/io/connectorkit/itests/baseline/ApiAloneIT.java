package io.connectorkit.itests.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.itests.support.Folders;
import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** The API asks for nothing but Arrow: no host, no component runtime, no other library (A19). */
class ApiAloneIT {

  @TempDir
  Path folder;

  private Framework framework() throws BundleException {
    Framework framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", folder.resolve("cache").toString(),
        // What Arrow logs with comes from the class path, as in the product.
        "org.osgi.framework.system.packages.extra", "org.slf4j;version=2.0.20,org.slf4j.helpers;version=2.0.20,org.slf4j.spi;version=2.0.20,"
            + "org.slf4j.event;version=2.0.20,sun.misc,sun.nio.ch"));
    framework.start();
    return framework;
  }

  private static Bundle install(Framework framework, String artifact) throws BundleException {
    Path jar = Folders.list(Folders.product().resolve("system")).stream().filter(file -> file.getFileName().toString().startsWith(artifact + "-"))
        .findFirst().orElseThrow();
    return framework.getBundleContext().installBundle(jar.toUri().toString());
  }

  @Test
  void theApiResolvesBesideArrowAlone() throws Exception {
    Framework framework = framework();
    try {
      Bundle api = install(framework, "kit-api");
      // Without it, it does not: the test would not see what else it needs otherwise.
      assertTrue(assertThrows(BundleException.class, api::start).getMessage().contains("org.apache.arrow"));
      Bundle arrow = install(framework, "lib-arrow");
      api.start();
      arrow.start();
      assertEquals(Bundle.ACTIVE, api.getState());
      assertEquals(api.loadClass("io.connectorkit.api.TableInfo").getRecordComponents()[2].getType(),
          arrow.loadClass("org.apache.arrow.vector.types.pojo.Schema"));
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }
}
