package io.connectorkit.cli;

import io.connectorkit.launcher.HostFolders;

/** What every command works with. */
record Session(Console console, HostFolders folders) {

  /** The running gateway, or else a host that lives until the result is closed. */
  Gateway connect() {
    return Gateway.connect(folders);
  }

  /** The same for what has nothing to do with the connectors that are deployed. */
  Gateway connectAside() {
    return Gateway.connectAside(folders);
  }
}
