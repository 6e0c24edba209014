package io.connectorkit.runtime.internal.remote;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What may be attached for tables that are queried at their source: {@code etc/io.connectorkit.remote.cfg}. */
@ObjectClassDefinition(name = "Connector Kit remote tables", description = "What connectors may have DuckDB attach, and where its extensions come from")
public @interface RemoteConfig {

  /** PID of the configuration. */
  String PID = "io.connectorkit.remote";

  @AttributeDefinition(name = "Extensions", description = "DuckDB's extensions that may be used, between commas")
  String extensions() default "keboola, bigquery";

  @AttributeDefinition(name = "Hosts", description = "Hosts, as host or host:port, and files that may be attached, between commas; empty for those"
      + " that the settings of the instance name")
  String hosts() default "";

  @AttributeDefinition(name = "Token variables", description = "Environment variables that may be handed over as tokens, between commas, if the"
      + " connector declares them; empty for all that it declares")
  String token_variables() default "";

  @AttributeDefinition(name = "Install", description = "Where extensions that are missing are downloaded from, at the start and by runs: never,"
      + " core or community")
  String extensions_install() default "never";

  @AttributeDefinition(name = "Folder", description = "Where extension files lie; empty for data/duckdb-extensions")
  String extensions_folder() default "";
}
