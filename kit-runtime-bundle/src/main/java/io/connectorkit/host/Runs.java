package io.connectorkit.host;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** Service that runs extractions. */
@ProviderType
public interface Runs {

  /**
   * Begins a run. Runs of one instance follow each other, in this process and in others.
   *
   * @return completes with the record, also when the run failed; cancelling it cancels the run
   * @throws KitException if the instance cannot run as it stands
   */
  CompletableFuture<RunRecord> start(RunOrder order, RunListener listener);

  /**
   * Lets the runs of a bundle's instances come to their end, so that the bundle can be replaced; none begins until the pause is closed.
   * One that takes longer than the patience is cancelled, publishes nothing, and its order is executed again after the pause.
   */
  Pause pause(long bundle, Duration patience);

  /** A time without runs of a bundle's instances. */
  @FunctionalInterface
  interface Pause extends AutoCloseable {

    /** Ends it. */
    @Override
    void close();
  }

  /** Finished runs, newest first, at most some hundreds for each instance. */
  List<RunRecord> history();
}
