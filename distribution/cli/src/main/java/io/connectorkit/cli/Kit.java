package io.connectorkit.cli;

import io.connectorkit.launcher.HostException;
import io.connectorkit.launcher.HostFolders;
import io.connectorkit.launcher.TemporaryFolders;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The kit command. */
@Command(name = "kit", description = "Connector Kit: drop a connector, query its tables.", mixinStandardHelpOptions = true,
    versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:done in part: some tables failed, or some rows were refused", "3:no gateway runs (status)", "64:wrong usage"})
public final class Kit {

  /** In the order of the help. */
  private static final List<Class<?>> COMMANDS = List.of(DemoCommand.class, RunCommand.class, StartCommand.class, StopCommand.class,
      StatusCommand.class, ConnectorCommand.class, ExtractCommand.class, StateCommand.class, TablesCommand.class, QueryCommand.class,
      WriteCommand.class, DeployCommand.class, UndeployCommand.class, ForgetCommand.class, ExplainCommand.class, RunsCommand.class,
      EventsCommand.class, LogsCommand.class, ShellCommand.class, TokenCommand.class, ConsoleCommand.class,
      WarmupCommand.class, CommandLine.HelpCommand.class);

  private final Session session;
  private volatile boolean ending;

  Kit(Session session) {
    this.session = session;
  }

  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    int exitCode = ExitCode.FAILED;
    try {
      HostFolders folders = HostFolders.ofProcess();
      Kit kit = new Kit(new Session(console, folders));
      Runtime.getRuntime().addShutdownHook(new Thread(kit::end, "kit-end"));
      exitCode = kit.execute(arguments);
      new TemporaryFolders(folders).deleteOwn();
    } catch (HostException e) {
      console.say(e.getMessage());
    }
    // Libraries leave threads behind that would keep the process.
    System.exit(exitCode);
  }

  /** After Ctrl-C a command fails in one way or another, which is no news. */
  private void end() {
    ending = true;
  }

  int execute(String... arguments) {
    try (Console console = session.console()) {
      return commandLine(arguments).execute(arguments);
    } catch (OutputClosed e) {
      return ExitCode.OUTPUT_CLOSED;
    }
  }

  private CommandLine commandLine(String... arguments) {
    CommandLine kit = new CommandLine(this, this::create);
    named(arguments).forEach(kit::addSubcommand);
    return kit.setOut(new PrintWriter(session.console().results()))
        .setErr(new PrintWriter(session.console().messages(), true))
        .setParameterExceptionHandler((wrong, given) -> {
          String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
          session.console().say("KIT-7200 " + oneLine(reason(wrong)) + ". See '" + command + " --help'.");
          return ExitCode.USAGE;
        })
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
  }

  /** The command that is named; all of them where help may be wanted. To look at all takes longer than most commands run. */
  private static List<Class<?>> named(String... arguments) {
    return COMMANDS.stream().filter(type -> arguments.length > 0 && arguments[0].equals(type.getAnnotation(Command.class).name()))
        .filter(type -> type != CommandLine.HelpCommand.class).<List<Class<?>>>map(List::of).findFirst().orElse(COMMANDS);
  }

  private static String reason(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unknown) {
      List<String> near = unknown.getSuggestions();
      return "'" + String.join(" ", unknown.getUnmatched()) + "' is not known"
          + (near.isEmpty() ? "" : ". Near it: " + String.join(", ", near));
    }
    return wrong.getMessage();
  }

  /** One line for what a person can act on; the stack trace only for what is our fault. */
  private int report(Exception failure) {
    if (failure instanceof OutputClosed) {
      return ExitCode.OUTPUT_CLOSED;
    }
    if (ending) {
      return ExitCode.FAILED;
    }
    session.console().flush();
    if (failure instanceof KitException || failure instanceof HostException) {
      session.console().say(oneLine(failure.getMessage()));
    } else {
      session.console().say("KIT-7999 this is a defect of kit: " + failure);
      failure.printStackTrace(session.console().messages());
    }
    return ExitCode.FAILED;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("[.]$", "");
  }

  private <T> T create(Class<T> type) throws Exception {
    Optional<Constructor<?>> ours = Arrays.stream(type.getDeclaredConstructors())
        .filter(c -> Arrays.equals(c.getParameterTypes(), new Class<?>[] {Session.class})).findFirst();
    return ours.isPresent() ? type.cast(ours.get().newInstance(session)) : CommandLine.defaultFactory().create(type);
  }
}
