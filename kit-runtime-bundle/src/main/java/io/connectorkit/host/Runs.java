package io.connectorkit.host;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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

  /**
   * Begins a run that nobody waits for.
   *
   * @return its id
   * @throws KitException if the instance cannot run as it stands
   */
  String begin(RunOrder order);

  /** Runs that wait for their turn or go on, by their ids. */
  List<RunProgress> active();

  /** Cancels a run that waits or goes on; false if there is none of that id. */
  boolean cancel(String run);

  /** Has somebody hear of all runs until the watch is closed, on the threads of the runs; must not take long. */
  Watch watch(Consumer<RunEvent> watcher);

  /** Somebody who hears of runs. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {

    /** Ends it. */
    @Override
    void close();
  }

  /** Finished runs, newest first, at most some hundreds for each instance. */
  List<RunRecord> history();
}
