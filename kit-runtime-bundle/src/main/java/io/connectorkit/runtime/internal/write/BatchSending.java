package io.connectorkit.runtime.internal.write;

import io.connectorkit.api.WriteResult;
import io.connectorkit.api.Writes;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.extract.ConnectorCall;
import io.connectorkit.runtime.internal.extract.Engine;
import io.connectorkit.runtime.internal.extract.Limits;
import io.connectorkit.runtime.internal.extract.Redaction;
import io.connectorkit.runtime.internal.extract.Retry;
import io.connectorkit.runtime.internal.extract.RunCancellation;
import io.connectorkit.runtime.internal.registry.Instance;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the connector, for one batch again and again until the source has taken it or it is no use; each call within the limits. */
final class BatchSending implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BatchSending.class);

  private final Engine engine;
  private final Instance instance;
  private final RunCancellation cancellation;
  private final Thread thread = Thread.currentThread();
  private final ScheduledFuture<?> watch;
  private final long start = System.nanoTime();
  private final Object lock = new Object();
  /** When the call began that goes on; 0 if none does. */
  private long begun;
  private String late = "";

  /** For the calling thread. */
  BatchSending(Engine engine, Instance instance, RunCancellation cancellation) {
    this.engine = engine;
    this.instance = instance;
    this.cancellation = cancellation;
    this.watch = engine.watch(this::check);
  }

  /** Interrupts a call that takes too long; one that has ended meanwhile is left alone. */
  private void check() {
    Limits limits = engine.limits();
    synchronized (lock) {
      if (begun == 0 || !late.isEmpty()) {
        return;
      }
      if (Limits.exceeded(limits.stall(), System.nanoTime() - begun)) {
        late = "KIT-3014 the connector has not answered for " + limits.stall().toSeconds() + " s; check the source, or raise run.stall.seconds";
      } else if (Limits.exceeded(limits.deadline(), System.nanoTime() - start)) {
        late = "KIT-3015 not written to its end within " + limits.deadline().toMinutes() + " min; check the source, or raise run.deadline.minutes";
      }
      if (!late.isEmpty()) {
        thread.interrupt();
      }
    }
  }

  /** Sends a batch. What it throws is the reason why there is no more use in it. */
  WriteResult send(Batch batch) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        return sound(batch, call(() -> {
          batch.hold();
          return ConnectorCall.of("kit-write-" + instance.name() + "-" + batch.table().viewName(), loader(), () -> {
            try {
              return ((Writes) instance.connector()).write(batch);
            } finally {
              batch.release();
            }
          }, none -> {});
        }));
      } catch (Exception e) {
        if (attempt >= engine.retries() || !Retry.waited(e, attempt, cancellation)) {
          throw e;
        }
        LOG.info("{}.{}, {}: {}; trying again", instance.name(), batch.table().viewName(), batch.numbers(), Redaction.withVariables(e, instance));
      }
    }
  }

  /** Asks the connector something small. */
  <T> T ask(Callable<T> question) throws Exception {
    return call(() -> ConnectorCall.of("kit-write-" + instance.name(), loader(), question, none -> {}));
  }

  private ClassLoader loader() {
    return instance.connector().getClass().getClassLoader();
  }

  private <T> T call(Callable<T> call) throws Exception {
    synchronized (lock) {
      begun = System.nanoTime();
    }
    String reason = "";
    try {
      cancellation.check();
      return call.call();
    } catch (Exception e) {
      reason = ended();
      throw reason.isEmpty() ? e : new KitException(reason.substring(0, 8), reason.substring(9), e);
    } finally {
      ended();
    }
  }

  /** From here on nobody is interrupted; why it was before, or empty. */
  private String ended() {
    synchronized (lock) {
      if (begun != 0 && !late.isEmpty()) {
        // Meant for the call, not for what comes next.
        Thread.interrupted();
      }
      String reason = late;
      begun = 0;
      late = "";
      return reason;
    }
  }

  /** What a connector answers is not to be believed. */
  private WriteResult sound(Batch batch, WriteResult result) {
    String flaw = result == null ? "null" : "";
    BitSet seen = new BitSet();
    for (WriteResult.Refused refused : result == null ? List.<WriteResult.Refused>of() : result.refused()) {
      if (refused.row() < 0 || refused.row() >= batch.size()) {
        flaw = "the refused row " + refused.row() + " of " + batch.size();
      } else if (seen.get(refused.row())) {
        flaw = "the refused row " + refused.row() + " twice";
      } else {
        seen.set(refused.row());
      }
    }
    if (!flaw.isEmpty()) {
      throw new KitException("KIT-3045", "the connector answers write() with " + flaw + "; correct the connector");
    }
    return result;
  }

  @Override
  public void close() {
    watch.cancel(false);
  }
}
