package io.connectorkit.deployer.internal;

import io.connectorkit.host.DeployFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * What is done to a bundle. Its activator may hang, so that whatever may run code of it runs on a thread that nobody else needs, and is
 * given up after a while.
 */
final class BundleControl {

  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

  /** What the framework is asked to do. */
  @FunctionalInterface
  private interface Action {

    void run() throws BundleException, IOException;
  }

  private final BundleContext context;
  private final DeploySettings settings;
  /** No two installations share a location: one whose bundle hangs keeps its own for ever. */
  private final AtomicLong installed = new AtomicLong();

  BundleControl(BundleContext context, DeploySettings settings) {
    this.context = context;
    this.settings = settings;
  }

  Bundle install(Jar jar) throws BundleException {
    try (InputStream stream = Files.newInputStream(jar.copy())) {
      return context.installBundle("deploy:" + jar.symbolicName() + '#' + installed.incrementAndGet(), stream);
    } catch (IOException e) {
      throw new BundleException("its copy cannot be read: " + e, e);
    }
  }

  void start(Bundle bundle) throws BundleException {
    try {
      limited("start", bundle, bundle::start);
    } catch (BundleException e) {
      // An activator that was given up may have come back when it was interrupted: what is said to have failed shall not run.
      if (bundle.getState() == Bundle.ACTIVE) {
        limited("stop", bundle, bundle::stop);
      }
      throw e;
    }
  }

  /** Stops a bundle, replaces its content and starts it. */
  void replace(Bundle bundle, Jar jar, Runnable updated) throws BundleException {
    limited("stop", bundle, bundle::stop);
    limited("update", bundle, () -> {
      try (InputStream stream = Files.newInputStream(jar.copy())) {
        bundle.update(stream);
      }
    });
    updated.run();
    start(bundle);
  }

  void uninstall(Bundle bundle) throws BundleException {
    limited("uninstall", bundle, bundle::uninstall);
  }

  /**
   * Sees whether a jar resolves in this host, while the version before it goes on: with a second bundle, which is never started.
   *
   * @throws BundleException with the reason if it does not
   */
  void rehearse(Jar jar) throws BundleException {
    Bundle rehearsal;
    try (InputStream stream = Files.newInputStream(jar.copy())) {
      rehearsal = context.installBundle(DeployFolder.REHEARSAL + jar.symbolicName(), stream);
    } catch (IOException e) {
      throw new BundleException("its copy cannot be read: " + e, e);
    }
    try {
      boolean singleton = rehearsal.getHeaders("").get(Constants.BUNDLE_SYMBOLICNAME).matches(".*;\\s*singleton\\s*:=\\s*\"?true.*");
      if (!singleton && !context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(rehearsal))) {
        // Only starting tells the reason, and what does not resolve never comes to run.
        rehearsal.start();
      }
    } finally {
      rehearsal.uninstall();
    }
  }

  private void limited(String what, Bundle bundle, Action action) throws BundleException {
    Duration limit = settings.ready();
    FutureTask<Void> task = new FutureTask<>(() -> {
      action.run();
      return null;
    });
    Thread thread = new Thread(task, "kit-" + what + "-" + bundle.getSymbolicName());
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BundleException known) {
        throw known;
      }
      throw new BundleException(Resolution.text(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      giveUp(thread);
      throw new BundleException("it hangs in its activator: no end of '" + what + "' within " + limit.toSeconds() + " s");
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new BundleException("the host stops", e);
    }
  }

  /** Whoever reacts to the interruption should be out of the way before anything else is done to the bundle. */
  private static void giveUp(Thread thread) {
    thread.interrupt();
    try {
      thread.join(LAST_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
