package io.connectorkit.deployer.internal;

import io.connectorkit.deployer.internal.gate.CheckedJar;
import io.connectorkit.deployer.internal.gate.Gate;
import io.connectorkit.deployer.internal.gate.HostVersions;
import io.connectorkit.deployer.internal.gate.Incomplete;
import io.connectorkit.host.Declarations;
import io.connectorkit.host.JarCheck;
import io.connectorkit.host.JarReport;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The gate of the deploy folder for those who only want to know. */
@Component(service = JarCheck.class)
public final class JarInspector implements JarCheck {

  private final Gate gate;
  private final String has;

  @Activate
  public JarInspector(BundleContext context, @Reference Declarations declarations, @Reference CurrentConfig config) {
    HostVersions host = HostVersions.of(context);
    this.gate = new Gate(host, declarations, config::trust);
    this.has = host.contract().toString();
  }

  @Override
  public JarReport check(Path jar) {
    String name = String.valueOf(jar.getFileName());
    try {
      CheckedJar found = gate.check(name, jar);
      CheckedJar.Inside inside = found.inside();
      return new JarReport(found.connector(), inside.connectorVersion(), inside.capabilities(), found.symbolicName(),
          found.version().toString(), inside.needs(), has, signature(found), found.publisher(), inside.packages(), inside.libraries(),
          Files.size(jar), inside.unpackedBytes(), found.sha256(), found.notes());
    } catch (Incomplete e) {
      throw new KitException("KIT-1003", e.getMessage().replaceFirst("^KIT-1003 ", ""), e);
    } catch (IOException e) {
      throw new KitException("KIT-1003", name + " cannot be read (" + e + "); copy it again", e);
    }
  }

  private static JarReport.Signature signature(CheckedJar jar) {
    if (!jar.signed()) {
      return JarReport.Signature.NONE;
    }
    return jar.publisher().isEmpty() ? JarReport.Signature.UNTRUSTED : JarReport.Signature.TRUSTED;
  }
}
