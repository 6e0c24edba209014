package io.connectorkit.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.slf4j.LoggerFactory;

/** Activator of a test's bundle: leaves a file that says what the host told it, and another one when it was stopped. */
public final class Witness implements BundleActivator {

  @Override
  public void start(BundleContext context) throws Exception {
    LoggerFactory.getLogger(Witness.class).info("Witness started");
    Files.writeString(data(context).resolve("started.txt"),
        context.getProperty("kit.mode") + " " + context.getProperty("kit.endpoint.file"));
  }

  @Override
  public void stop(BundleContext context) throws Exception {
    Files.writeString(data(context).resolve("stopped.txt"), "");
  }

  private static Path data(BundleContext context) {
    return Path.of(context.getProperty("kit.data"));
  }
}
