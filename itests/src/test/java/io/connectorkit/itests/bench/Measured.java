package io.connectorkit.itests.bench;

import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures: kept for reading, printed, and written to one file of the build. */
final class Measured {

  private Measured() {}

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** What it takes where nothing else takes the machine's time. */
  static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  static String all(double[] values) {
    return Arrays.stream(values).mapToObj(value -> String.format(Locale.ROOT, "%.3f", value)).collect(Collectors.joining(" "));
  }

  static void report(String format, Object... arguments) {
    String line = "benchmark: " + String.format(Locale.ROOT, format, arguments);
    System.out.println(line);
    try {
      Files.writeString(Folders.target().resolve("benchmarks.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
