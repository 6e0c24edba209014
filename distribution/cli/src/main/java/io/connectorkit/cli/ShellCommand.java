package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kit shell LINE}. */
@Command(name = "shell", description = "Run a line of the OSGi shell (Gogo) in the host, such as 'lb' or 'kit:list'.")
final class ShellCommand extends KitCommand {

  @Parameters(arity = "1..*", paramLabel = "LINE", description = "The line.")
  private List<String> words;

  ShellCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    try (Gateway gateway = connect()) {
      JsonNode answer = gateway.client().post("/v1/shell", Json.mapper().createObjectNode().put("line", String.join(" ", words)));
      console().print(answer.path("output").asText().stripTrailing());
      return ExitCode.OK;
    }
  }
}
