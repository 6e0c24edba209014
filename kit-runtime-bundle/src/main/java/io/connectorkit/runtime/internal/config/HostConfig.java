package io.connectorkit.runtime.internal.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the host: {@code etc/io.connectorkit.host.cfg}. */
@ObjectClassDefinition(name = "Connector Kit host", description = "Limits of the host and of its DuckDB")
public @interface HostConfig {

  /** PID of the configuration. */
  String PID = "io.connectorkit.host";

  @AttributeDefinition(name = "DuckDB memory", description = "Upper bound of DuckDB's own memory, as DuckDB writes sizes")
  String duckdb_memory() default "512MB";

  @AttributeDefinition(name = "DuckDB threads", description = "Threads of one DuckDB query; 0 takes the number of cores")
  int duckdb_threads() default 0;

  @AttributeDefinition(name = "Parallel runs", description = "Runs that go on at the same time; others wait for their turn")
  int run_parallel() default 4;

  @AttributeDefinition(name = "Parallel runs of a connector", description = "How many of them may be runs of instances of one connector")
  int connector_runs() default 2;

  @AttributeDefinition(name = "Parallel tables", description = "Tables of one run that are read at the same time")
  int run_parallel_tables() default 2;

  @AttributeDefinition(name = "Batch size", description = "Rows that a connector is asked to put into a batch")
  int run_batch_size() default 65_536;

  @AttributeDefinition(name = "Connector memory", description = "Upper bound in MiB of the Arrow memory of one run, all of its tables together")
  int run_memory_mib() default 512;

  @AttributeDefinition(name = "Connector threads", description = "Threads of its own that a connector may have while it runs; 0 for no limit")
  int connector_threads() default 64;

  @AttributeDefinition(name = "Free space", description = "Free space in MiB below which no run begins to write; 0 for no check")
  int run_min_free_mib() default 256;

  @AttributeDefinition(name = "Retries", description = "How often a table is tried again after an error that may pass")
  int run_retries() default 3;

  @AttributeDefinition(name = "Stall", description = "Seconds after which a table fails for which its connector delivers no batch; 0 for never")
  int run_stall_seconds() default 300;

  @AttributeDefinition(name = "Deadline", description = "Minutes after which a table fails that is not read to its end; 0 for never")
  int run_deadline_minutes() default 360;

  @AttributeDefinition(name = "Grace", description = "Minutes for which replaced snapshots stay, for readers that still have them open")
  int snapshot_grace_minutes() default 15;

  @AttributeDefinition(name = "Run history", description = "Runs remembered for each instance")
  int run_history() default 100;

  @AttributeDefinition(name = "Inbox", description = "MiB of events of one instance that wait to be published, above which senders are asked to wait")
  int inbox_mib() default 256;
}
