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

  /** How the folder is watched, one line: by notices, or by looking every so often and why, or that it is out of reach. */
  String watch();

  /** Completes when everything that lay there at the start has been considered. */
  CompletionStage<Void> firstScan();
}
