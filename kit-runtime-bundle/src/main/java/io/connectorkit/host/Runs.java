package io.connectorkit.host;

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

  /** Finished runs, newest first, at most some hundreds for each instance. */
  List<RunRecord> history();
}
