package io.connectorkit.gateway.internal;

/**
 * Who has sent a request.
 *
 * @param name of the token
 * @param role what it may do
 * @param local whether it is the command on this machine
 */
record Caller(String name, Role role, boolean local) {}
