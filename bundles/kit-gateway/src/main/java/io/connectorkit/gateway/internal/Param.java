package io.connectorkit.gateway.internal;

/** A value in a route's path or query, as a record is one in its body. */
record Param(String name, String type, boolean required, String description) {}
