package io.connectorkit.itests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds, after garbage was collected. Sizes in KiB.
 *
 * @param files open ones, or 0 where the system does not tell
 * @param resident memory, or 0 where the system does not tell
 */
record Footprint(long heap, long metaspace, int threads, long files, long resident) {

  static Footprint now() {
    collect();
    return new Footprint(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10, metaspaceUsed() >> 10,
        ManagementFactory.getThreadMXBean().getThreadCount(), openFiles(), residentKib());
  }

  /** Twice: what the first round finalises, the second one frees. */
  static void collect() {
    System.gc();
    System.gc();
  }

  private static long metaspaceUsed() {
    return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong((MemoryPoolMXBean pool) -> pool.getUsage().getUsed()).sum();
  }

  private static long openFiles() {
    Path files = Path.of("/proc/self/fd");
    if (!Files.exists(files)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(files)) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long residentKib() {
    Path status = Path.of("/proc/self/status");
    try {
      return !Files.exists(status) ? 0 : Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
