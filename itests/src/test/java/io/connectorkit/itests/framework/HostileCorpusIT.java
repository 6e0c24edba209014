package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.BrokenYaml;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import io.connectorkit.itests.support.GoodRuns;
import io.connectorkit.itests.support.HostileFile;
import io.connectorkit.itests.support.HostileFile.Verdict;
import io.connectorkit.itests.support.HostileJars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Assume;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.SynchronousBundleListener;

/** Everything bad at once: the host lives, says of each file what is wrong with it, and others' runs go on; afterwards nothing is left. */
public class HostileCorpusIT extends HostTest {

  private static final List<String> GOOD = List.of("scripted", "second", "third");
  private static final double SLOWEST_SECONDS = 30;
  private static final int MAX_REASON = 1500;
  private static final Pattern CODE = Pattern.compile("\\bKIT-\\d{4} ");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\u2028\u2029]");
  /** Threads that work for one connector, or are its own. */
  private static final Pattern THREAD = Pattern.compile("misdeed|kit-(start|stop|update|uninstall|construct|discover|run|ask|split|read|cancel)-.*");

  private final Queue<String> disturbed = new ConcurrentLinkedQueue<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String[]> table = new ArrayList<>();

  /** What hangs is given up sooner here, and what is too much is less. */
  @Override
  @Configuration
  public Option[] configuration() {
    Option[] options = super.configuration();
    Path etc = KitOptions.etc(getClass());
    Folders.write(etc.resolve("io.connectorkit.deployer.cfg"), "drain.seconds = 1\nready.seconds = 3\n");
    Folders.write(etc.resolve("io.connectorkit.host.cfg"), "run.stall.seconds = 2\nrun.memory.mib = 24\nconnector.threads = 10\nrun.retries = 0\n");
    return options;
  }

  private Path yamls() {
    return folder("etc").resolve("connectors");
  }

  @Test
  public void noBadFileHurtsAnybodyAndEachHasItsReason() throws Exception {
    for (String name : GOOD) {
      ConnectorJar.of(name, "1.0.0").writeTo(deployed(name + ".jar"));
      configure(name, name, "tables = orders, lines\norders.rows = 1000\nlines.rows = 10\n");
      assertEquals(RunRecord.Outcome.OK, awaitRun(name, 1).outcome());
    }
    Set<Long> bundles = bundles();
    context.addBundleListener((SynchronousBundleListener) event -> {
      if (bundles.contains(event.getBundle().getBundleId())) {
        disturbed.add(event.getBundle() + " event " + event.getType());
      }
    });
    Path gate = Files.createFile(folder("data").resolve("deaf.gate"));
    Path noLibrary = Files.writeString(folder("data").resolve("nothing.so"), "no library");
    List<HostileFile> files = new ArrayList<>();
    GoodRuns good = new GoodRuns(runs, GOOD);
    try {
      for (List<HostileFile> group : HostileJars.groups("second", gate, noLibrary)) {
        files.addAll(group);
        group.forEach(file -> file.writeTo(folder("deploy")));
        judge(group);
      }
      judgeYamls();
      files.stream().filter(file -> file.verdict() == Verdict.FAILED && !history(file.instance()).isEmpty())
          .forEach(file -> wrong.add(file.file() + " runs although it failed"));
      Files.delete(gate);
      for (HostileFile file : files) {
        Files.delete(deployed(file.file()));
      }
      requireNothingLeft(bundles);
    } finally {
      good.close();
      Files.deleteIfExists(gate);
      print(good);
    }
    assertEquals(List.of(), wrong);
    assertEquals("no other bundle was stopped, started, refreshed or updated", List.of(), List.copyOf(disturbed));
    assertEquals(List.of(), good.failures());
    assertTrue("the slowest run took " + good.slowest() + " s", good.slowest() < SLOWEST_SECONDS);
  }

  /** Who opens a pipe waits until somebody writes to it. */
  @Test
  public void aPipeIsNotOpened() throws IOException {
    HostileFile pipe = HostileJars.pipe();
    try {
      pipe.writeTo(folder("deploy"));
    } catch (UncheckedIOException e) {
      Assume.assumeNoException("there is no mkfifo here", e);
    }
    judge(List.of(pipe));
    Files.delete(deployed(pipe.file()));
    assertEquals(List.of(), wrong);
  }

  private void judge(List<HostileFile> group) {
    List<HostileFile> waiting = new ArrayList<>(group);
    try {
      Await.until("all reasons", () -> waiting.removeIf(file -> said(file)) && waiting.isEmpty() || waiting.isEmpty());
    } catch (AssertionError e) {
      waiting.forEach(file -> wrong.add(file.file() + " should say " + file.words() + " and says " + reason(file).orElse("nothing")));
    }
    for (HostileFile file : group) {
      String reason = reason(file).orElse("");
      record(file.file(), file.verdict().toString(), reason);
      judge(file.file(), reason, file.verdict() != Verdict.RUN_SAYS);
      List<String> lines = instances.explain(file.ofInstance() ? file.instance() : file.file());
      lines.forEach(line -> judge("explain " + file.file(), line, false));
      if (lines.stream().noneMatch(line -> line.contains(reason))) {
        wrong.add(file.file() + " is not explained: " + lines);
      }
    }
  }

  private void judgeYamls() throws IOException {
    List<BrokenYaml> yamls = BrokenYaml.all();
    yamls.forEach(each -> each.writeTo(yamls()));
    for (BrokenYaml each : yamls) {
      String reason = Await.value(() -> each.file() + " waits among " + instances.list(), () -> find(each.instance()).map(InstanceStatus::reason)
          .filter(text -> each.words().stream().allMatch(text::contains)));
      record(each.file(), "WAITING", reason);
      judge(each.file(), reason, true);
    }
    for (BrokenYaml each : yamls) {
      Files.delete(yamls().resolve(each.file()));
    }
    Await.until("no instance of them is left", () -> yamls.stream().allMatch(each -> find(each.instance()).isEmpty()));
  }

  private boolean said(HostileFile file) {
    return reason(file).filter(reason -> file.words().stream().allMatch(reason::contains)).isPresent();
  }

  private Optional<String> reason(HostileFile file) {
    return switch (file.verdict()) {
      case REJECTED, UNRESOLVED, FAILED -> deployFolder.files().stream().filter(each -> each.file().equals(file.file())
          && each.state().name().equals(file.verdict().name())).map(DeployedFile::reason).findFirst();
      case NOT_READY -> find(file.instance()).filter(status -> status.state() == InstanceStatus.State.FAILED
          || status.state() == InstanceStatus.State.REJECTED).map(InstanceStatus::reason);
      case RUN_FAILED, RUN_SAYS -> history(file.instance()).stream().findFirst().map(HostileCorpusIT::error);
    };
  }

  private static String error(RunRecord run) {
    return Stream.concat(Stream.of(run.error()), run.tables().stream().map(TableOutcome::error)).filter(text -> !text.isEmpty()).findFirst().orElse("");
  }

  /** One line that a person can read. */
  private void judge(String file, String reason, boolean coded) {
    if (UNPRINTABLE.matcher(reason).find() || reason.contains(" at java.") || reason.length() > MAX_REASON || coded && !CODE.matcher(reason).find()) {
      wrong.add(file + " says " + reason.length() + " characters: " + cut(reason, 2000));
    }
  }

  private void requireNothingLeft(Set<Long> bundles) {
    Await.until("no bad file is known any more", () -> deployFolder.files().size() == GOOD.size());
    Await.until("no bad bundle is left", () -> bundles().equals(bundles));
    Await.until("no bad instance is left", () -> instances.list().size() == GOOD.size());
    Await.value(() -> "no thread is left of " + threads(), () -> Optional.of(threads()).filter(Set::isEmpty));
    Await.value(() -> "no copy is left of " + copies(), () -> Optional.of(copies()).filter(Set::isEmpty));
    assertEquals("no note is left", GOOD.stream().map(name -> name + ".jar").toList(), Folders.list(folder("deploy")).stream()
        .map(file -> file.getFileName().toString()).toList());
  }

  /** Content that no bundle has, or had when it was good last. */
  private Set<String> copies() {
    List<Path> store = Folders.list(folder("data").resolve("bundles"));
    String known = store.stream().filter(file -> file.toString().endsWith(".properties")).map(Folders::read).collect(Collectors.joining())
        + deployFolder.files().stream().map(file -> "good=" + file.sha256()).toList();
    return store.stream().map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".properties")
        && !known.contains("good=" + name.replaceFirst("\\.jar$", ""))).collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<Long> bundles() {
    return Arrays.stream(context.getBundles()).map(bundle -> bundle.getBundleId()).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(THREAD.asMatchPredicate())
        .filter(name -> GOOD.stream().noneMatch(name::contains)).collect(Collectors.toCollection(TreeSet::new));
  }

  private void record(String file, String state, String reason) {
    table.add(new String[] {UNPRINTABLE.matcher(cut(file, 28)).replaceAll("?"), state, cut(reason, 120)});
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "\u2026";
  }

  private void print(GoodRuns good) {
    table.forEach(row -> System.out.printf("%-28s | %-10s | %s%n", (Object[]) row));
    wrong.forEach(System.out::println);
    System.out.printf("%d bad files, %d without a proper reason; meanwhile %d good runs, %d failed, the slowest %.1f s%n", table.size(), wrong.size(),
        good.count(), good.failures().size(), good.slowest());
  }
}
