package io.connectorkit.itests.product;

import io.connectorkit.itests.scripted.CrashPoint;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The test's end of a {@link CrashPoint} in a gateway. */
final class CrashControl {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path data;

  /** Puts the listener among the bundles of the product, before the gateway starts. */
  CrashControl(KitProcess kit) {
    this.data = kit.home().resolve("data");
    ConnectorJar.of("crash", "1.0.0").implementation(List.of(CrashPoint.class))
        .header("Provide-Capability", "osgi.service;objectClass:List<String>=\"io.connectorkit.host.StepListener\"")
        .header("Require-Capability", "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.4.0)(!(version>=2.0.0)))\"")
        .header("Import-Package", "io.connectorkit.host;version=\"[1,2)\",org.osgi.framework;version=\"[1.8,2)\"")
        .entry("OSGI-INF/connector.xml", """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="crash" configuration-policy="ignore" init="1">
              <service>
                <provide interface="io.connectorkit.host.StepListener"/>
              </service>
              <implementation class="%s"/>
            </scr:component>
            """.formatted(CrashPoint.class.getName()))
        .writeTo(kit.product().resolve("system/itests-crash.jar"));
  }

  /** The next run is to stop where it reaches that step for the n-th time. */
  void order(String instance, String step, int time) {
    delete(CrashPoint.reachedMark(data));
    Folders.write(CrashPoint.order(data), instance + " " + step + " " + time);
  }

  void awaitReached(Process gateway) {
    Await.value("the run has come to '" + Folders.read(CrashPoint.order(data)) + "'", PATIENCE,
        () -> Optional.of(true).filter(found -> Files.exists(CrashPoint.reachedMark(data)) || !gateway.isAlive()));
    delete(CrashPoint.order(data));
  }

  void awaitTrace(String line) {
    Await.value("'" + line + "' is done", PATIENCE, () -> Optional.of(true).filter(found -> trace().contains(line)));
  }

  void forget() {
    delete(CrashPoint.trace(data));
  }

  /** All steps that were done since, each behind its instance. */
  List<String> trace() {
    return Files.exists(CrashPoint.trace(data)) ? Folders.read(CrashPoint.trace(data)).lines().toList() : List.of();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
