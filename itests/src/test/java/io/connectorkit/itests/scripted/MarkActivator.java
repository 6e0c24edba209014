package io.connectorkit.itests.scripted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Leaves a mark in the file that the bundle's header {@code X-Mark} names for as long as the bundle is started. */
public final class MarkActivator implements BundleActivator {

  private static Path mark(BundleContext context) {
    return Path.of(context.getBundle().getHeaders("").get("X-Mark"));
  }

  @Override
  public void start(BundleContext context) throws IOException {
    Files.writeString(mark(context), "");
  }

  @Override
  public void stop(BundleContext context) throws IOException {
    Files.deleteIfExists(mark(context));
  }
}
