package io.connectorkit.contract;

import io.connectorkit.api.Connector;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.HttpOptions;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Settings;
import io.connectorkit.api.TableInfo;
import io.connectorkit.declaration.ConnectorYaml;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Calls a connector as the host does: each call on a thread of its own with an instance of its own, and given up when it takes too long. */
final class Calls {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** What is done with an instance. */
  @FunctionalInterface
  interface Use<T> {
    T with(ConnectorProbe probe) throws Exception;
  }

  /** Ends a read that has got enough. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Enough() {
      super("enough", null, false, false);
    }
  }

  private final Subject subject;
  private final Limits limits;
  private final Heard heard;

  Calls(Subject subject, Limits limits, Heard heard) {
    this.subject = subject;
    this.limits = limits;
    this.heard = heard;
  }

  Connector connector() {
    return subject.connector();
  }

  /** The tables that the connector lists. */
  List<TableInfo> discover() throws Exception {
    return with(probe -> ((Discovers) connector()).discover(probe.context()));
  }

  /** The same connector with other settings and secrets. */
  Calls with(Map<String, Object> settings, Map<String, String> secrets) {
    return new Calls(new Subject(subject.connector(), subject.packaging(), settings, secrets, subject.surroundings(), subject.server(),
        subject.events()), limits, heard);
  }

  /** An instance for the caller to close. */
  ConnectorProbe open() {
    HttpOptions http = subject.packaging().flatMap(Packaging::declared).flatMap(ConnectorYaml::http)
        .map(section -> section.options(new Settings(subject.settings()), name -> Optional.ofNullable(subject.secrets().get(name))))
        .orElse(HttpOptions.DEFAULT);
    return new ConnectorProbe(subject.settings(), subject.secrets(), http, heard, subject.surroundings().folder());
  }

  /**
   * Does something with an instance that is closed afterwards.
   *
   * @throws TimeoutException if it takes too long
   * @throws Leak if Arrow memory is left over
   */
  <T> T with(Use<T> use) throws Exception {
    ConnectorProbe probe = open();
    T result;
    try {
      result = inTime(probe, () -> subject.surroundings().call(() -> use.with(probe)));
    } catch (TimeoutException e) {
      // Not closed: its thread may still use the memory.
      throw e;
    } catch (Throwable e) {
      heard.failure(e);
      closeQuietly(probe);
      throw e;
    }
    close(probe);
    return result;
  }

  private static void close(ConnectorProbe probe) {
    try {
      probe.close();
    } catch (IllegalStateException e) {
      throw new Leak(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /** Of an instance whose failure is known already. */
  static void closeQuietly(ConnectorProbe probe) {
    try {
      probe.close();
    } catch (IllegalStateException e) {
      // What failed is told; that it has not cleaned up as well would only hide it.
    }
  }

  private <T> T inTime(ConnectorProbe probe, Callable<T> call) throws Exception {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "kit-contract-call");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limits.call().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      probe.cancel();
      thread.interrupt();
      thread.join(PATIENCE.toMillis());
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Reads a table, as far as the limits let; what goes wrong is in the result. */
  Rows read(ProbeRequest request) {
    return read(request, () -> null);
  }

  /** The same, with something to do between opening the table and its first batch. */
  Rows read(ProbeRequest request, Callable<?> opened) {
    Rows rows = new Rows();
    try {
      with(probe -> {
        rows.source = ((Reads) connector()).read(request.in(probe.context()));
        opened.call();
        try {
          probe.use(rows.source, request.batchSize(), reader -> take(reader, rows));
        } catch (Enough e) {
          // As far as was wanted.
        }
        return rows;
      });
    } catch (Leak e) {
      rows.leak = e.getMessage();
    } catch (TimeoutException e) {
      rows.late = true;
      rows.failure = e;
    } catch (Throwable e) {
      rows.failure = e;
    }
    return rows;
  }

  private void take(ArrowReader reader, Rows rows) throws java.io.IOException {
    VectorSchemaRoot root = reader.getVectorSchemaRoot();
    rows.columns = List.copyOf(root.getSchema().getFields());
    String first = Words.columns(rows.columns);
    long bytes = 0;
    while (reader.loadNextBatch()) {
      root = reader.getVectorSchemaRoot();
      String now = Words.columns(root.getSchema().getFields());
      if (!now.equals(first)) {
        rows.flaws.add("a batch has the columns " + now + " after " + first);
        return;
      }
      for (FieldVector vector : root.getFieldVectors()) {
        bytes += vector.getBufferSize();
        if (vector.getValueCount() != root.getRowCount()) {
          rows.flaws.add("column '" + vector.getName() + "' has " + vector.getValueCount() + " values in a batch of " + root.getRowCount() + " rows");
          return;
        }
      }
      int room = limits.rows() - rows.rows.size();
      rows.rows.addAll(JavaValues.rows(root, Math.min(room, root.getRowCount())));
      if (root.getRowCount() > room || bytes > limits.bytes()) {
        throw new Enough();
      }
    }
    rows.complete = true;
  }

  /** Arrow memory that was not given back. */
  static final class Leak extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Leak(String message) {
      super(message, null, false, false);
    }
  }
}
