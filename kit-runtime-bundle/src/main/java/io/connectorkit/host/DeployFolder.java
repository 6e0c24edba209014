package io.connectorkit.host;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Service that installs what lies in the deploy folder. */
@ProviderType
public interface DeployFolder {

  /** Begins the location of a bundle that is installed only to see whether it resolves; it is nobody's connector. */
  String REHEARSAL = "rehearsal:";

  /** Every file that was considered, by name. */
  List<DeployedFile> files();

  /** Completes when everything that lay there at the start has been considered. */
  CompletionStage<Void> firstScan();
}
