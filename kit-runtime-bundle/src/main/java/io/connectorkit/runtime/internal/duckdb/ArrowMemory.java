package io.connectorkit.runtime.internal.duckdb;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The root of all Arrow memory of the host. */
@Component(service = ArrowMemory.class)
public final class ArrowMemory {

  private final BufferAllocator root;

  @Activate
  public ArrowMemory() {
    root = new RootAllocator();
  }

  @Deactivate
  public void close() {
    root.close();
  }

  /** Memory for one call; close it. */
  public BufferAllocator allocate(String name, long limit) {
    return root.newChildAllocator(name, 0, limit);
  }
}
