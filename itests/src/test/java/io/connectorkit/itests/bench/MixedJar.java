package io.connectorkit.itests.bench;

import io.connectorkit.itests.support.ConnectorJar;
import java.util.List;

/** The bundle around {@link MixedConnector}. */
final class MixedJar {

  private MixedJar() {}

  /** Each version is other content, and so a reason for a run. */
  static ConnectorJar version(int number) {
    return ConnectorJar.of("mixed", "1.0." + number).implementation(List.of(MixedConnector.class, MixedReader.class)).yaml("""
        name: mixed
        version: "1.0.%d"
        description: Rows to measure with
        capabilities: [discover, read]
        config:
          rows: {type: integer, required: true, description: how many}
        """.formatted(number));
  }
}
