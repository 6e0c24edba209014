package io.connectorkit.runtime.internal.duckdb;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The root of all Arrow memory of the host. */
@Component(service = ArrowMemory.class)
public final class ArrowMemory {

  private static final Logger LOG = LoggerFactory.getLogger(ArrowMemory.class);

  private final BufferAllocator root;

  @Activate
  public ArrowMemory() {
    root = new RootAllocator();
  }

  @Deactivate
  public void close() {
    try {
      root.close();
    } catch (IllegalStateException e) {
      LOG.warn("KIT-3010 {} bytes of Arrow memory were never released; the lines with this code above name the connectors",
          root.getAllocatedMemory());
    }
  }

  /** Memory for one call; close it. */
  public BufferAllocator allocate(String name, long limit) {
    return root.newChildAllocator(name, 0, limit);
  }
}
