package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.ObjectName;

/** Leaves behind what it can, and cleans nothing up. */
public final class LeavingConnector implements Discovers, Reads, Runnable {

  private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();

  /** What can be managed. */
  public interface CounterMBean {

    int getCount();
  }

  /** The managed one. */
  public static final class Counter implements CounterMBean {

    @Override
    public int getCount() {
      return 1;
    }
  }

  /** A driver for nothing. */
  public static final class NoDriver implements Driver {

    @Override
    public Connection connect(String url, Properties info) {
      return null;
    }

    @Override
    public boolean acceptsURL(String url) {
      return false;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }

  /** Hears everything and says nothing. */
  public static final class Silence extends Handler {

    @Override
    public void publish(LogRecord line) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Does nothing, again and again. */
  public static final class Tick extends TimerTask {

    @Override
    public void run() {}
  }

  @Override
  public void run() {
    LOCAL.set(new Counter());
  }

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return List.of(TableInfo.table("t").column("id", Types.int64()).build());
  }

  @Override
  public BatchSource read(ReadRequest request) {
    try {
      switch (request.context().settings().text("does")) {
        case "everything" -> leave();
        case "deaf" -> start("spin", () -> Gate.passDeaf(Path.of(request.context().settings().text("gate"))));
        case "horde" -> horde(request.context());
        default -> request.context().log().log(System.Logger.Level.INFO, "leaves nothing");
      }
    } catch (SQLException | JMException e) {
      throw new IllegalStateException(e);
    }
    return BatchSource.query("SELECT range AS id FROM range(3)");
  }

  private static void leave() throws SQLException, JMException {
    start("poller", LeavingConnector::untilInterrupted);
    new Timer("leaving-timer").schedule(new Tick(), 10, 10);
    Executors.newScheduledThreadPool(1).scheduleAtFixedRate(() -> Thread.currentThread().setName("leaving-pool"), 0, 1, TimeUnit.DAYS);
    new CompletableFuture<>().orTimeout(1, TimeUnit.DAYS);
    DriverManager.registerDriver(new NoDriver());
    Runtime.getRuntime().addShutdownHook(new Thread(LeavingConnector::untilInterrupted, "leaving-hook"));
    ManagementFactory.getPlatformMBeanServer().registerMBean(new Counter(), new ObjectName("itests:type=Leaving"));
    Logger.getLogger("").addHandler(new Silence());
  }

  private static void horde(ConnectorContext context) {
    for (int i = 0; i < 40; i++) {
      start("horde-" + i, LeavingConnector::untilInterrupted);
    }
    while (true) {
      context.cancellation().check();
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void untilInterrupted() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
  }
}
