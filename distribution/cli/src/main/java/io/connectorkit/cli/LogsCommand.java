package io.connectorkit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit logs [NAME]}. */
@Command(name = "logs", description = "Show the host's log, or those entries of it that mention NAME.")
final class LogsCommand extends KitCommand {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Instance, connector or bundle.")
  private String name;

  @Option(names = {"-f", "--follow"}, description = "Go on as the log grows, until Ctrl-C.")
  private boolean follow;

  @Option(names = "-n", defaultValue = "100", paramLabel = "N", description = "Lines to begin with (default: ${DEFAULT-VALUE}).")
  private int lines;

  LogsCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    Path file = newest();
    LogFilter filter = new LogFilter(name);
    try (LogTail tail = new LogTail(file)) {
      List<String> all = tail.grown().stream().filter(filter).toList();
      all.stream().skip(Math.max(0, all.size() - lines)).forEach(console()::print);
      console().flush();
      while (follow && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(200_000_000);
        tail.grown().stream().filter(filter).forEach(console()::print);
        console().flush();
      }
    }
    return ExitCode.OK;
  }

  /** The gateway and commands that run without one write different files; the one written last is the one in question. */
  private Path newest() throws IOException {
    try (Stream<Path> files = Stream.of("kit.log", "kit-job.log").map(folders().log()::resolve).filter(Files::exists)) {
      return files.max(Comparator.comparing(LogsCommand::modified))
          .orElseThrow(() -> new KitException("KIT-7230 no host has run in " + folders().home() + " yet: there is no log"));
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
