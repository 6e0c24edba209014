package io.connectorkit.cli;

import io.connectorkit.launcher.HostFolders;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A command of kit: returns its exit code, or throws what {@link Kit} reports in one line. */
@Command(mixinStandardHelpOptions = true)
abstract class KitCommand implements Callable<Integer> {

  private final Session session;

  KitCommand(Session session) {
    this.session = session;
  }

  Console console() {
    return session.console();
  }

  HostFolders folders() {
    return session.folders();
  }

  Gateway connect() {
    return session.connect();
  }

  Gateway connectAside() {
    return session.connectAside();
  }
}
