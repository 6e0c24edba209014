package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kit token …}. */
@Command(name = "token", description = "Let others use the HTTP API.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
    subcommands = {TokenCommand.CreateCommand.class, TokenCommand.ListCommand.class, TokenCommand.RevokeCommand.class})
final class TokenCommand implements Callable<Integer> {

  private static final String PATH = "/v1/tokens";

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing: create NAME, list, or revoke NAME");
  }

  /** {@code kit token create NAME}. */
  @Command(name = "create", description = "Make a token and print it. It is shown this once: only its digest is kept.")
  static final class CreateCommand extends KitCommand {

    @Parameters(paramLabel = "NAME", description = "Whose it is, or what for.")
    private String name;

    @Option(names = "--role", paramLabel = "ROLE", defaultValue = "read",
        description = "read: look and query. operate: run as well. deploy: everything. Default: ${DEFAULT-VALUE}.")
    private String role;

    CreateCommand(Session session) {
      super(session);
    }

    @Override
    public Integer call() {
      try (Gateway gateway = connect()) {
        JsonNode made = gateway.client().post(PATH, Json.mapper().createObjectNode().put("name", name).put("role", role));
        console().print(made.path("token").asText());
        return ExitCode.OK;
      }
    }
  }

  /** {@code kit token list}. */
  @Command(name = "list", description = "List the tokens that were made.")
  static final class ListCommand extends KitCommand {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListCommand(Session session) {
      super(session);
    }

    @Override
    public Integer call() {
      try (Gateway gateway = connect()) {
        JsonNode tokens = gateway.client().get(PATH);
        if (json) {
          console().print(Json.pretty(tokens));
        } else if (tokens.isEmpty()) {
          console().say("There is no token; make one with 'kit token create NAME --role ROLE'");
        } else {
          TextTable table = new TextTable().column("name").column("role").column("created");
          tokens.forEach(token -> table.row(token.path("name").asText(), token.path("role").asText(), token.path("createdAt").asText()));
          console().print(table.toString());
        }
        return ExitCode.OK;
      }
    }
  }

  /** {@code kit token revoke NAME}. */
  @Command(name = "revoke", description = "Take a token back, from now on.")
  static final class RevokeCommand extends KitCommand {

    @Parameters(paramLabel = "NAME", description = "The token's name.")
    private String name;

    RevokeCommand(Session session) {
      super(session);
    }

    @Override
    public Integer call() {
      try (Gateway gateway = connect()) {
        gateway.client().post(PATH + "/" + EndpointClient.segment(name) + "/revoke", Json.mapper().createObjectNode());
        console().say("Revoked: " + name);
        return ExitCode.OK;
      }
    }
  }
}
