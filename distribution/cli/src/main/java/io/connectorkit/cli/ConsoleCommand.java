package io.connectorkit.cli;

import picocli.CommandLine.Command;

/** {@code kit console}. */
@Command(name = "console", description = "Print the address of the console of the running gateway, with the token that opens it.")
final class ConsoleCommand extends KitCommand {

  ConsoleCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Endpoint endpoint = Gateway.endpoint(folders())
        .orElseThrow(() -> new KitException("KIT-7207 no gateway runs; start it with 'kit start'"));
    // Behind the number sign, where neither a server nor a log sees it.
    console().print("http://127.0.0.1:" + endpoint.port() + "/#token=" + endpoint.token());
    return ExitCode.OK;
  }
}
