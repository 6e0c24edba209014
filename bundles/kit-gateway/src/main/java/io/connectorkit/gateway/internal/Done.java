package io.connectorkit.gateway.internal;

/** That something was done about which there is nothing to tell. */
record Done(boolean done) {

  static final Done DONE = new Done(true);
}
