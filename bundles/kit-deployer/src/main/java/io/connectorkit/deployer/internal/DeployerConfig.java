package io.connectorkit.deployer.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the deploy folder: {@code etc/io.connectorkit.deployer.cfg}. */
@ObjectClassDefinition(name = "Connector Kit deploy folder", description = "Which connectors are let in")
public @interface DeployerConfig {

  /** PID of the configuration. */
  String PID = "io.connectorkit.deployer";

  @AttributeDefinition(name = "Require signed", description = "Whether only jars are let in that are pinned or signed by one in etc/trust")
  boolean require_signed() default false;

  @AttributeDefinition(name = "Publishers", description = "Common names of the signers that are let in, between semicolons; empty for all")
  String publishers() default "";

  @AttributeDefinition(name = "Digests", description = "name=SHA-256 of files or connectors that must have that content, between semicolons")
  String digests() default "";
}
