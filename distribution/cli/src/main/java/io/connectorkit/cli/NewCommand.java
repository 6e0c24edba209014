package io.connectorkit.cli;

import io.connectorkit.cli.openapi.InvalidDocument;
import io.connectorkit.cli.openapi.Proposal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit connector new NAME}. */
@Command(name = "new", description = "Make the project of a new connector, which builds with 'mvn verify' and passes its contract tests.")
final class NewCommand extends KitCommand {

  /** What the project's connector can; the interfaces of the others are for whoever needs them. */
  private static final Set<String> CAPABILITIES = Set.of("discover", "read");

  @Parameters(paramLabel = "NAME", description = "Name of the connector: lower-case letters, digits and underscores.")
  private String name;

  @Option(names = "--caps", split = ",", defaultValue = "discover,read", paramLabel = "CAP", description = "Capabilities (default: ${DEFAULT-VALUE}).")
  private List<String> capabilities;

  @Option(names = "--declarative", description = "Without code: the whole connector stands in its connector.yaml.")
  private boolean declarative;

  @Option(names = "--openapi", paramLabel = "FILE",
      description = "Propose tables, paging and types from this document of OpenAPI 3.0 or 3.1, JSON or YAML; implies --declarative.")
  private Path document;

  @Option(names = "--dir", paramLabel = "FOLDER", description = "Folder of the project (default: connector-NAME).")
  private Path folder;

  @Option(names = "--group", defaultValue = "com.example", paramLabel = "GROUP", description = "Maven group and Java package (default: ${DEFAULT-VALUE}).")
  private String group;

  NewCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    if (!new TreeSet<>(capabilities).equals(new TreeSet<>(CAPABILITIES))) {
      throw new KitException("KIT-7260 --caps " + String.join(",", capabilities) + ": a project is made for discover,read; make one of these,"
          + " then let its class implement the interfaces of the others and name them in @ConnectorBundle and connector.yaml");
    }
    if (!name.matches("[a-z][a-z0-9_]{0,39}")) {
      throw new KitException("KIT-7261 '" + name + "' is no name of a connector: lower-case letters, digits and underscores, a letter first,"
          + " at most 40");
    }
    if (!group.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*")) {
      throw new KitException("KIT-7262 '" + group + "' is no Java package: names of lower-case letters and digits, with dots between them");
    }
    Path target = Optional.ofNullable(folder).orElse(Path.of("connector-" + name));
    Scaffold scaffold = new Scaffold(declarative || document != null ? Scaffold.Kind.DECLARATIVE : Scaffold.Kind.CODE, group, name);
    if (document != null) {
      Proposal proposal = proposal();
      scaffold.proposed(proposal);
      console().say(proposal.tables().size() + " tables are proposed, " + proposal.others() + " operations are not mapped; connector.yaml says why");
    }
    List<String> files = scaffold.writeTo(target);
    files.forEach(file -> console().print(target.resolve(file).toString()));
    console().say("Next: cd " + target + " && mvn verify");
    return ExitCode.OK;
  }

  private Proposal proposal() {
    try {
      return Proposal.read(document, name, name.toUpperCase(Locale.ROOT) + "_TOKEN");
    } catch (InvalidDocument e) {
      throw new KitException("KIT-7266 the document " + document + " " + e.getMessage(), e);
    } catch (IOException e) {
      throw new KitException("KIT-7267 the document " + document + " cannot be read: " + e, e);
    }
  }
}
