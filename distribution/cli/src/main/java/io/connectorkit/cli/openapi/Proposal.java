package io.connectorkit.cli.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The connector that a document suggests. What cannot be mapped, or has to be looked at, stands in comments.
 *
 * @param yaml a whole {@code connector.yaml}
 * @param tables names of the tables; at least one
 * @param others how many operations became no table
 * @param settings the tables of settings and secrets for a README
 */
public record Proposal(String yaml, String description, List<String> tables, int others, String settings) {

  /**
   * Reads a document.
   *
   * @param file OpenAPI 3.0 or 3.1, JSON or YAML
   * @param connector its name
   * @param variable environment variable for the secret
   * @throws InvalidDocument if it is none, or has nothing to read
   */
  public static Proposal read(Path file, String connector, String variable) throws IOException {
    OpenAPI api = Document.read(file);
    Settings settings = new Settings();
    Tables tables = new Tables(api, settings);
    if (tables.list().isEmpty()) {
      throw new InvalidDocument("has no operation that gives a list of records: " + String.join("; ", tables.others().stream().limit(5).toList()));
    }
    String title = api.getInfo() == null || api.getInfo().getTitle() == null ? connector : Text.line(api.getInfo().getTitle());
    Security security = Security.of(api, variable);
    String yaml = yaml(api, connector, variable, title, settings, tables, security);
    String secret = "\n| environment variable | required | means |\n|---|---|---|\n| `" + variable + "` | yes | Secret of the API |\n";
    return new Proposal(yaml, title, tables.list().stream().map(Table::name).toList(), tables.others().size(),
        settings.table() + (security.yaml().isEmpty() ? "" : secret));
  }

  private static String yaml(OpenAPI api, String connector, String variable, String title, Settings settings, Tables tables, Security security) {
    List<String> lines = new ArrayList<>();
    lines.add("# Proposed by 'kit connector new' from an OpenAPI document: look at each table. What the document leaves open, and what could not be");
    lines.add("# mapped, stands in comments. Name, version and capabilities stand in bnd.bnd too.");
    lines.add("name: " + connector);
    lines.add("version: \"1.0.0\"");
    lines.add("description: " + Text.value(title));
    lines.add("capabilities: [discover, read]");
    lines.add("");
    security.notes().forEach(note -> lines.add("# " + note));
    if (security.yaml().isEmpty()) {
      lines.add("auth: {type: none}");
    } else {
      lines.addAll(List.of("auth:", "  type: token", "  env_vars:", "    - name: " + variable, "      required: true", "      description: Secret of the API"));
    }
    lines.add("");
    lines.add("# The \"config\" section of an instance, etc/connectors/<instance>.yaml. {name} stands for a setting.");
    lines.add("config:");
    String base = base(api, settings, lines);
    if (security.user()) {
      settings.add("user", "", "User of the API", "");
    }
    settings.yaml().forEach(line -> lines.add("  " + line));
    lines.add("");
    lines.add("http:");
    lines.add("  base_url: \"" + base + "\"");
    if (!security.yaml().isEmpty()) {
      lines.add("  auth: " + security.yaml());
    }
    lines.add("");
    lines.add("source:");
    lines.add("  tables:");
    tables.list().forEach(table -> table.yaml().forEach(line -> lines.add("    " + line)));
    if (!tables.others().isEmpty()) {
      lines.add("");
      lines.add("# Not mapped:");
      tables.others().forEach(other -> lines.add("# - " + other));
    }
    return String.join("\n", lines) + "\n";
  }

  /** The base URL as it stands in the section http; its address is a setting, so that another one can be set. */
  private static String base(OpenAPI api, Settings settings, List<String> lines) {
    Server server = api.getServers() == null || api.getServers().isEmpty() ? new Server().url("/") : api.getServers().get(0);
    String url = server.getUrl() == null ? "/" : server.getUrl();
    if (server.getVariables() != null) {
      for (var variable : server.getVariables().entrySet()) {
        url = url.replace("{" + variable.getKey() + "}", String.valueOf(variable.getValue().getDefault()));
      }
    }
    if (api.getServers() != null && api.getServers().size() > 1) {
      lines.add("  # the document names " + api.getServers().size() + " servers; this is the first one");
    }
    boolean absolute = url.matches("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9/_.~%-]*)?");
    if (!absolute && !url.matches("(/[A-Za-z0-9_.~%-]+)*/?")) {
      lines.add("  # the document's server is no address that can be used here: " + Text.line(url));
    }
    settings.add("url", "uri", "Base URL of the API", absolute ? url.replaceFirst("/+$", "") : "");
    return "{url}" + (url.matches("(/[A-Za-z0-9_.~%-]+)+/?") ? url.replaceFirst("/$", "") : "");
  }
}
