package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit connector verify JAR}. */
@Command(name = "verify", description = "Say whether a jar would be let into the deploy folder, and what is in it. Deploys nothing.")
final class VerifyCommand extends KitCommand {

  @Parameters(paramLabel = "JAR", description = "A jar, or the short name of a connector that comes with the product, such as jdk.")
  private String jar;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  VerifyCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Path file = new DeployFolder(folders()).source(jar).toAbsolutePath().normalize();
    try (Gateway gateway = connectAside()) {
      JsonNode report = gateway.client().post("/v1/verify", Json.mapper().createObjectNode().put("jar", file.toString()));
      if (json) {
        console().print(Json.pretty(Json.mapper().createObjectNode().put("file", file.toString()).setAll((ObjectNode) report)));
      } else if (report.path("ok").asBoolean()) {
        print(report);
      }
      if (report.path("ok").asBoolean()) {
        return ExitCode.OK;
      }
      console().say(Units.text(report.path("error")));
      return ExitCode.FAILED;
    }
  }

  private void print(JsonNode report) {
    line("connector", Units.text(report.path("connector")) + " " + Units.text(report.path("version")));
    line("capabilities", String.join(", ", Views.texts(report.path("capabilities"))));
    line("bundle", Units.text(report.path("bundle")) + " " + Units.text(report.path("bundleVersion")));
    line("needs", String.join("; ", Views.texts(report.path("needs"))) + " (this host: " + Units.text(report.path("has")) + ")");
    line("signature", signature(report));
    line("size", Units.bytes(report.path("bytes").asLong()) + ", " + Units.bytes(report.path("unpackedBytes").asLong()) + " unpacked");
    line("packages", String.join(", ", Views.texts(report.path("packages"))));
    List<String> libraries = Views.texts(report.path("libraries"));
    line("libraries", libraries.isEmpty() ? "none" : String.join(", ", libraries));
    line("SHA-256", Units.text(report.path("sha256")));
    Views.texts(report.path("notes")).forEach(note -> line("note", note));
    console().say("It would be let in here.");
  }

  private static String signature(JsonNode report) {
    return switch (Units.text(report.path("signature"))) {
      case "TRUSTED" -> "signed by " + Units.text(report.path("publisher"));
      case "UNTRUSTED" -> "signed, by nobody whom this host trusts";
      default -> "not signed";
    };
  }

  private void line(String name, String value) {
    console().print(name + " ".repeat(14 - name.length()) + value);
  }
}
