package io.connectorkit.itests.bench;

import io.connectorkit.itests.support.ConnectorJar;
import java.util.List;

/** The bundle around {@link BenchConnector}. */
final class BenchJar {

  private BenchJar() {}

  /** Each version is other content, and so a reason for a run. */
  static ConnectorJar version(int number) {
    return ConnectorJar.of("bench", "1.0." + number).implementation(List.of(BenchConnector.class, ShapedReader.class, Shape.class,
        Shape.Filler.class, MixedRows.class, NumberRows.class, TextRows.class, TextPool.class, NestedRows.class)).yaml("""
            name: bench
            version: "1.0.%d"
            description: Rows to measure with
            capabilities: [discover, read]
            config:
              shape: {type: string, description: kind of rows}
              tables: {type: integer, description: how many tables}
              rows: {type: integer, required: true, description: how many rows each}
              changes: {type: integer, description: how many rows come new or changed in each later run}
              batch: {type: integer, description: rows of a batch}
              latency: {type: integer, description: milliseconds for which each batch is kept back}
            """.formatted(number));
  }
}
