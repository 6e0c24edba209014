package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Split;
import io.connectorkit.api.Watermark;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a scripted connector does, read anew for each call. A properties file: {@code tables} names the tables, {@code generation} is a
 * number that every row carries, and all else stands behind a table's name, such as {@code orders.rows = 10}.
 */
public final class Script {

  private final Properties lines = new Properties();

  private Script() {}

  /** Reads the file. */
  static Script read(String file) {
    Script script = new Script();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      script.lines.load(reader);
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tables in their order; the name {@code discover} stands for the discovery itself. */
  List<Table> tables() {
    return Stream.of(lines.getProperty("tables", "").split(",")).map(String::strip).filter(name -> !name.isEmpty()).map(this::table).toList();
  }

  Table table(String name) {
    return new Table(this, name);
  }

  /** One table of the script. */
  public record Table(Script script, String name) {

    String text(String key, String otherwise) {
      return script.lines.getProperty(name + "." + key, otherwise);
    }

    long number(String key, long otherwise) {
      return Long.parseLong(text(key, String.valueOf(otherwise)));
    }

    /** Name at the source. */
    String source() {
      return text("source", name);
    }

    /**
     * Which way the rows are made: {@code plain}, {@code query}, {@code types}, {@code sliced}, a column of text, or a
     * kind of the gallery to have refused.
     */
    String kind() {
      return text("kind", "plain");
    }

    /** Columns of the key of a query's rows. */
    String[] key() {
      return text("key", "").isEmpty() ? new String[0] : text("key", "").split(",");
    }

    /** Rows that SQL makes. */
    BatchSource.Query query() {
      return new BatchSource.Query(text("sql", ""), List.of());
    }

    /** The rows that a request wants: those from its watermark on, and the watermark that an opaque one is followed by. */
    BatchSource query(ReadRequest request) {
      BatchSource rows = piece(request.watermark().filter(watermark -> watermark.kind() != Watermark.Kind.OPAQUE)
          .map(watermark -> new BatchSource.Query(text("sql.delta", "SELECT * FROM (" + text("sql", "") + ") WHERE "
              + text("incremental", "") + " >= ?"), List.of(watermark.value()))).orElseGet(this::query), request.split());
      if (!text("token", "").isEmpty()) {
        rows = rows.endingAt(() -> Watermark.opaque(request.watermark().map(Watermark::text).orElse("") + text("token", "")));
      }
      return Boolean.parseBoolean(text("full", "false")) ? rows.full() : rows;
    }

    /** The pieces of a table: as many as its id has remainders by that number. */
    List<Split> splits() {
      return LongStream.range(0, number("splits", 1)).mapToObj(rest -> new Split(1, String.valueOf(rest))).toList();
    }

    private BatchSource.Query piece(BatchSource.Query rows, Split split) {
      if (number("splits", 1) == 1) {
        return rows;
      }
      String failing = text("splits.fail", "").equals(split.text()) ? "CAST(error('piece " + split.text() + "') AS BIGINT)" : "id";
      return new BatchSource.Query("SELECT * FROM (" + rows.sql() + ") WHERE " + failing + " % " + number("splits", 1) + " = " + split.text(),
          rows.parameters());
    }

    long generation() {
      return Long.parseLong(script.lines.getProperty("generation", "1"));
    }

    /** Fails as the script says, once that many rows are out: always, or until the mark {@code fail.once} is there. */
    void failAfter(long rows) {
      if (rows < number("fail.after", Long.MAX_VALUE) || Gate.passedOnce(text("fail.once", ""))) {
        return;
      }
      fail(text("fail.with", "exception"), text("fail.text", "the script says so"));
    }

    private static void fail(String with, String message) {
      switch (with) {
        case "memory" -> throw new OutOfMemoryError(message);
        case "linkage" -> throw new NoClassDefFoundError(message);
        case "stack" -> deeper(1);
        case "transient" -> throw ConnectorException.transientFailure(message, Duration.ofMillis(10), null);
        case "authentication" -> throw ConnectorException.authentication(message, null);
        default -> throw new IllegalStateException(message);
      }
    }

    private static long deeper(long depth) {
      return 1 + deeper(depth + 1);
    }
  }
}
