package io.connectorkit.gateway.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the HTTP server: {@code etc/io.connectorkit.gateway.cfg}. */
@ObjectClassDefinition(name = "Connector Kit gateway", description = "How the gateway is reached, and what a caller may take")
public @interface GatewayConfig {

  /** PID of the configuration. */
  String PID = "io.connectorkit.gateway";

  @AttributeDefinition(name = "Host", description = "Address to listen at; another than loopback needs a keystore")
  String http_host() default "127.0.0.1";

  @AttributeDefinition(name = "Port", description = "Port for HTTP; 0 takes a free one")
  int http_port() default 0;

  @AttributeDefinition(name = "Plain text", description = "Whether other machines may speak plain HTTP, since a proxy in front speaks TLS")
  boolean http_plain() default false;

  @AttributeDefinition(name = "Port for HTTPS", description = "Used when there is a keystore")
  int https_port() default 8443;

  @AttributeDefinition(name = "Keystore", description = "File with the certificate and its key, PKCS12 or JKS; empty for no HTTPS")
  String https_keystore() default "";

  @AttributeDefinition(name = "Keystore password", description = "Environment variable that holds the keystore's password")
  String https_password_env() default "KIT_KEYSTORE_PASSWORD";

  @AttributeDefinition(name = "Requests", description = "Requests a second of one client, on average; bursts of ten times as many are let through")
  int requests_second() default 50;

  @AttributeDefinition(name = "Upload", description = "Upper bound of an uploaded jar in MiB")
  int upload_mib() default 256;

  @AttributeDefinition(name = "Query rows", description = "Upper bound of the rows of one query's result")
  int query_rows() default 100_000;

  @AttributeDefinition(name = "Query size", description = "Upper bound of one query's result in MiB")
  int query_mib() default 64;

  @AttributeDefinition(name = "Query time", description = "Seconds after which a query is ended")
  int query_seconds() default 60;

  @AttributeDefinition(name = "Query memory", description = "DuckDB memory of one query, as DuckDB writes sizes")
  String query_memory() default "256MB";

  @AttributeDefinition(name = "Profiles", description = "Seconds between two profiles that nobody asked for, made while no run goes on; 0 for none")
  int profile_rest_seconds() default 60;
}
