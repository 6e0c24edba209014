package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Connectors that an upgrade brings by mistake: each is broken before it reads its first row. */
public class Flawed implements Discovers, Reads {

  private final ScriptedConnector whole = new ScriptedConnector();

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return whole.discover(context);
  }

  @Override
  public BatchSource read(ReadRequest request) {
    return whole.read(request);
  }

  /** Cannot be made. */
  public static final class InConstructor extends Flawed {

    public InConstructor() {
      throw new IllegalStateException("no constructor today");
    }
  }

  /** Cannot tell its tables. */
  public static final class InDiscovery extends Flawed {

    @Override
    public List<TableInfo> discover(ConnectorContext context) {
      throw new IllegalStateException("discovery is for others");
    }
  }

  /** Tells nothing at all. */
  public static final class Null extends Flawed {

    @Override
    public List<TableInfo> discover(ConnectorContext context) {
      return null;
    }
  }

  /** Is never made, and deaf. */
  public static final class HangingConstructor extends Flawed {

    public HangingConstructor() {
      hang();
    }
  }

  /** Never answers, and is deaf. */
  public static final class Hanging extends Flawed {

    @Override
    public List<TableInfo> discover(ConnectorContext context) {
      hang();
      return List.of();
    }
  }

  private static void hang() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
  }

  /** Does not start. */
  public static final class Activator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
      throw new IllegalStateException("the activator says no");
    }

    @Override
    public void stop(BundleContext context) {
      // Never started.
    }
  }

  /** Starts for as long as the file is there that the bundle names, whoever interrupts it. */
  public static final class DeafActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
      Gate.passDeaf(Path.of(context.getBundle().getHeaders("").get("X-Gate")));
    }

    @Override
    public void stop(BundleContext context) {
      // Never started.
    }
  }

  /** Starts for ever. */
  public static final class HangingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
      hang();
    }

    @Override
    public void stop(BundleContext context) {
      // Never started.
    }
  }
}
