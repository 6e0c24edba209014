package io.connectorkit.contract;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import io.connectorkit.contract.SpoilingServer.Answer;
import io.connectorkit.contract.SpoilingServer.Spoiling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.arrow.vector.ipc.ArrowReader;

/** What a connector makes of a server that misbehaves; only where a build has a fake of it. */
final class ServerChecks {

  private static final int MOST_REQUESTS = 25;

  private ServerChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("throttling-is-respected", "after an answer 429 with Retry-After a read gives all rows, or fails as transient with that time",
            "who goes on at once is locked out, and who gives up for good loses a run", "wait as long as the source asks, or pass it on in"
            + " ConnectorException.transientFailure", ServerChecks::throttling),
        new Check("server-errors-are-transient", "after an answer 503 a read gives all rows, or fails as transient", "the next try may well succeed",
            "try again a few times, then throw ConnectorException.transientFailure", ServerChecks::failing),
        new Check("half-an-answer-is-an-error", "an answer that is cut off in the middle fails the read",
            "rows that are silently too few would take the place of the good ones", "parse the whole answer before you use it", ServerChecks::truncated),
        new Check("a-slow-answer-is-cancelled", "a read that waits for the rest of an answer ends within a second when it is cancelled",
            "an operator who removes a connector, and a host that stops, wait for it",
            "read from what an interrupt or onCancel(…) closes", ServerChecks::slow),
        new Check("a-page-that-comes-again-ends", "a server that gives the same page for ever is left after some requests",
            "an endless read fills the disk", "stop where the next page's token or address is the last one's", ServerChecks::repeating),
        new Check("drift-between-pages-is-an-error", "numbers that turn into words from the second page on fail the read, or are delivered",
            "a value that silently becomes null is lost", "convert exactly or fail, with page and field", ServerChecks::drifting));
  }

  /** Looks at a read through a server that spoils answers. */
  private interface SpoiltBody {
    void look(TableInfo table, Rows sample, Calls calls, SpoilingServer server) throws Exception;
  }

  private static void spoilt(Trial trial, Spoiling spoiling, boolean slow, SpoiltBody body) throws Exception {
    String setting = trial.subject().server().orElseThrow(() -> new NotApplicable("there is no fake server")).setting();
    String target = String.valueOf(trial.subject().settings().get(setting));
    trial.eachWholeTable((table, sample) -> {
      try (SpoilingServer server = new SpoilingServer(target, spoiling, slow)) {
        Map<String, Object> settings = Secret.replaced(trial.subject().settings(), Set.of(setting), server.url());
        body.look(table, sample, trial.calls().with(settings, trial.subject().secrets()), server);
      }
    });
  }

  /** The rows as they are without the server in between: what holds its URL holds that of the source. */
  private static Rows read(Calls calls, TableInfo table, SpoilingServer server) {
    Rows rows = calls.read(ProbeRequest.all(table));
    rows.rows.replaceAll(row -> row.stream().map(server::original).collect(Collectors.toCollection(ArrayList::new)));
    return rows;
  }

  /** The rows, or else an error of that kind. */
  private static void rowsOr(ConnectorException.Kind kind, TableInfo table, Rows sample, Rows rows, String after) {
    if (rows.sound()) {
      Rows.difference(sample.rows, rows.rows).ifPresent(difference -> {
        throw new Violation(Trial.in(table) + "after " + after + " it has other rows: " + difference);
      });
    } else if (!(rows.failure instanceof ConnectorException typed) || typed.kind() != kind) {
      throw new Violation(Trial.in(table) + "after " + after + " the error is a " + Words.failure(rows.failure)
          + ", and must be a ConnectorException of kind " + kind);
    }
  }

  private static void throttling(Trial trial) throws Exception {
    spoilt(trial, (request, server) -> request == 1 ? server.ask().status(429, "1") : server.ask(), false, (table, sample, calls, server) -> {
      long start = System.nanoTime();
      Rows rows = read(calls, table, server);
      rowsOr(ConnectorException.Kind.TRANSIENT, table, sample, rows, "an answer 429");
      if (rows.sound() && server.requests() > 1 && System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(900)) {
        throw new Violation(Trial.in(table) + "asked to wait for 1 s it asks again at once");
      }
      if (rows.failure instanceof ConnectorException e && e.retryAfter().isEmpty()) {
        throw new Violation(Trial.in(table) + "the error after an answer 429 does not say when to try again, though the source did");
      }
    });
  }

  private static void failing(Trial trial) throws Exception {
    spoilt(trial, (request, server) -> request == 1 ? server.ask().status(503, null) : server.ask(), false,
        (table, sample, calls, server) -> rowsOr(ConnectorException.Kind.TRANSIENT, table, sample, read(calls, table, server), "an answer 503"));
  }

  private static void truncated(Trial trial) throws Exception {
    spoilt(trial, (request, server) -> SpoilingServer.half(server.ask()), false, (table, sample, calls, server) -> {
      Rows rows = read(calls, table, server);
      if (rows.sound() && server.requests() > 0) {
        throw new Violation(Trial.in(table) + "answers that are cut in half give " + rows.rows.size() + " rows and no error");
      }
    });
  }

  private static void slow(Trial trial) throws Exception {
    spoilt(trial, (request, server) -> server.ask(), true, (table, sample, calls, server) -> {
      if (!(sample.source instanceof BatchSource.Batches)) {
        throw new NotApplicable("a query, which DuckDB reads");
      }
      EndingChecks.notLonger(trial, calls.open(), Trial.in(table) + "a read that waits for the server", server.answering(), probe -> {
        try (ArrowReader reader = EndingChecks.open(trial, ProbeRequest.all(table), probe)) {
          reader.loadNextBatch();
        }
      });
    });
  }

  private static void repeating(Trial trial) throws Exception {
    AtomicReference<Answer> first = new AtomicReference<>();
    Spoiling again = (request, server) -> {
      if (request == 1) {
        first.set(server.ask());
      }
      return request > MOST_REQUESTS ? first.get().status(500, null) : first.get();
    };
    spoilt(trial, again, false, (table, sample, calls, server) -> {
      calls.read(ProbeRequest.all(table));
      if (server.requests() >= MOST_REQUESTS) {
        throw new Violation(Trial.in(table) + "a page that comes again and again is asked for " + server.requests() + " times");
      }
    });
  }

  private static void drifting(Trial trial) throws Exception {
    spoilt(trial, (request, server) -> request == 1 ? server.ask() : worded(server.ask()), false, (table, sample, calls, server) -> {
      Rows rows = read(calls, table, server);
      if (server.requests() < 2) {
        throw new NotApplicable("has one page");
      }
      var lost = rows.sound() ? Rows.missing(sample.rows, rows.rows) : java.util.Optional.<List<Object>>empty();
      if (lost.isPresent()) {
        throw new Violation(Trial.in(table) + "numbers that turn into words on the second page give no error, and the row "
            + Words.row(lost.get()) + " is lost");
      }
    });
  }

  private static Answer worded(Answer answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    return answer.body(text.replaceAll("(:\\s*)-?\\d+(\\.\\d+)?(\\s*[,}\\]])", "$1\"unknown\"$3").getBytes(StandardCharsets.UTF_8));
  }
}
