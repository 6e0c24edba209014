package io.connectorkit.deployer.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the deploy folder: {@code etc/io.connectorkit.deployer.cfg}. */
@ObjectClassDefinition(name = "Connector Kit deploy folder", description = "Which connectors are let in, and how patiently")
public @interface DeployerConfig {

  /** PID of the configuration. */
  String PID = "io.connectorkit.deployer";

  @AttributeDefinition(name = "Require signed", description = "Whether only jars are let in that are pinned or signed by one in etc/trust")
  boolean require_signed() default false;

  @AttributeDefinition(name = "Publishers", description = "Common names of the signers that are let in, between semicolons; empty for all")
  String publishers() default "";

  @AttributeDefinition(name = "Digests", description = "name=SHA-256 of files or connectors that must have that content, between semicolons")
  String digests() default "";

  @AttributeDefinition(name = "Drain", description = "Seconds for which a run may go on whose connector is to be replaced")
  int drain_seconds() default 10;

  @AttributeDefinition(name = "Ready", description = "Seconds for which a connector may take to start, and to answer after an upgrade")
  int ready_seconds() default 15;
}
