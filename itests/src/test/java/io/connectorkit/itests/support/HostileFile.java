package io.connectorkit.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file in the deploy folder that nothing good can come of.
 *
 * @param file its name
 * @param verdict where the host says what it thinks of it
 * @param words that its reason must have
 * @param maker writes it
 */
public record HostileFile(String file, Verdict verdict, List<String> words, Maker maker) {

  /** What becomes of it, and so where its reason stands. */
  public enum Verdict {
    /** The file is not installed. */
    REJECTED,
    /** The file is installed and does not resolve. */
    UNRESOLVED,
    /** The file is installed and does not start. */
    FAILED,
    /** The bundle starts, and its instance cannot run. */
    NOT_READY,
    /** The instance runs, and the run or a table of it fails. */
    RUN_FAILED,
    /** The same, and the reason is the connector's own: no code of the host stands before it. */
    RUN_SAYS
  }

  /** Writes a file. */
  @FunctionalInterface
  public interface Maker {

    /** Writes it under that name. */
    void write(Path file) throws IOException;
  }

  static HostileFile of(String file, Verdict verdict, Maker maker, String... words) {
    return new HostileFile(file, verdict, List.of(words), maker);
  }

  /** Writes it into a folder. */
  public void writeTo(Path folder) {
    try {
      maker.write(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the reason is that of an instance. */
  public boolean ofInstance() {
    return verdict.compareTo(Verdict.NOT_READY) >= 0;
  }

  /** The instance that its bundle brings. */
  public String instance() {
    return file.substring(0, file.lastIndexOf('.'));
  }
}
