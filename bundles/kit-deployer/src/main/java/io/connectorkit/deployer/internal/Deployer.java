package io.connectorkit.deployer.internal;

import io.connectorkit.deployer.internal.gate.CheckedJar;
import io.connectorkit.deployer.internal.gate.Gate;
import io.connectorkit.deployer.internal.gate.HostVersions;
import io.connectorkit.deployer.internal.gate.Incomplete;
import io.connectorkit.deployer.internal.watch.FolderWatch;
import io.connectorkit.deployer.internal.watch.WatchThread;
import io.connectorkit.host.Declarations;
import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.Instances;
import io.connectorkit.host.KitException;
import io.connectorkit.host.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Keeps the installed bundles the same as the jars in the deploy folder. */
@Component(service = DeployFolder.class, immediate = true)
public final class Deployer implements DeployFolder, FolderWatch.Handler {

  /** How many bundles are worked on at the same time: some may hang, and the others shall not wait for them. */
  private static final int THREADS = 16;

  private final DeploySettings settings;
  private final Runs runs;
  private final Gate gate;
  private final BundleStore store;
  private final BundleControl control;
  private final Trial trial;
  private final Path folder;
  private final RejectedNote notes;
  private final FolderWatch watch;
  private final FileTable files = new FileTable(this::recorded);
  private final Election election = new Election();
  private final Map<String, DeployedBundle> bundles = new HashMap<>();
  /** Content of each bundle that is in the store. */
  private final Map<String, Set<String>> kept = new HashMap<>();
  private final ExecutorService threads;
  private final CompletableFuture<Void> scanned = new CompletableFuture<>();
  private final CompletableFuture<Void> firstScan;
  private final WatchThread thread;

  /** The hook is not called from here: no class of a connector may be loaded before it is there. */
  @Activate
  public Deployer(BundleContext context, @Reference Instances instances, @Reference Runs runs, @Reference Declarations declarations,
      @Reference CurrentConfig config, @Reference WeavingHook exits) {
    this.runs = runs;
    this.gate = new Gate(HostVersions.of(context), declarations, config::trust);
    this.settings = new DeploySettings(config::get, "gateway".equals(context.getProperty("kit.mode")));
    this.store = new BundleStore(Path.of(context.getProperty("kit.data")).resolve("bundles"));
    this.control = new BundleControl(context, settings);
    this.trial = new Trial(instances, settings);
    this.threads = threads();
    this.firstScan = scanned.thenCompose(done -> begin());
    Path folder = Path.of(context.getProperty("kit.deploy"));
    this.folder = folder;
    this.notes = new RejectedNote(folder);
    this.watch = new FolderWatch(folder, this, Duration.ZERO);
    this.thread = new WatchThread("kit-deploy", watch, settings.gateway(), scanned);
  }

  /** They end when there is nothing to do, which is nearly always. */
  private static ExecutorService threads() {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
      Thread worker = new Thread(work, "kit-deploy-" + count.incrementAndGet());
      worker.setDaemon(true);
      return worker;
    });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  @Deactivate
  public void close() {
    thread.close();
    threads.shutdownNow();
  }

  @Override
  public List<DeployedFile> files() {
    return files.list();
  }

  @Override
  public String watch() {
    return watch.status();
  }

  @Override
  public CompletionStage<Void> firstScan() {
    return firstScan;
  }

  @Override
  public boolean changed(Path file, boolean patient) {
    String name = file.getFileName().toString();
    Path copy = null;
    try {
      gate.look(name, file);
      copy = store.take(file);
      CheckedJar found = gate.check(name, copy);
      accept(name, found, copy);
    } catch (Incomplete e) {
      drop(copy);
      if (patient) {
        return false;
      }
      reject(name, e.getMessage());
    } catch (KitException e) {
      drop(copy);
      reject(name, e.getMessage());
    } catch (IOException e) {
      reject(name, "KIT-1003 " + name + " cannot be read (" + e + "); copy it again");
    } catch (RuntimeException | LinkageError e) {
      drop(copy);
      reject(name, "KIT-1009 " + name + " cannot be deployed: " + e);
    }
    return true;
  }

  private void drop(Path copy) {
    if (copy != null) {
      store.drop(copy);
    }
  }

  /** From one hand to the next: content that is in the store and that nobody has asked for yet would be cleared away. */
  private synchronized void accept(String name, CheckedJar found, Path copy) {
    Jar jar = Jar.of(name, found, store.keep(copy, found.sha256()));
    kept.computeIfAbsent(jar.symbolicName(), each -> new HashSet<>()).add(jar.sha256());
    Optional<Jar> before = election.put(jar);
    files.appeared(jar.file());
    if (scanned.isDone()) {
      elect(jar.symbolicName());
      before.map(Jar::symbolicName).filter(other -> !other.equals(jar.symbolicName())).ifPresent(this::elect);
    }
  }

  /** A rejected file that replaced a good one leaves the good one's bundle running. */
  private synchronized void reject(String name, String reason) {
    files.appeared(name);
    files.reject(name, reason);
  }

  @Override
  public synchronized void removed(String name) {
    files.gone(name);
    notes.clear(name);
    election.remove(name).map(Jar::symbolicName).ifPresent(this::elect);
  }

  /** All files that lay there at the start are known: each bundle gets the best of its own. */
  private synchronized CompletableFuture<Void> begin() {
    for (String name : election.symbolicNames()) {
      List<Jar> jars = election.of(name);
      store.refused(name).ifPresent(refusal -> jars.stream().filter(jar -> jars.size() > 1 && jar.sha256().equals(refusal.sha256()))
          .forEach(jar -> {
            election.refuse(jar);
            files.record(jar.file(), State.REJECTED, jar, null, refusal.reason(), "");
          }));
      elect(name);
    }
    CompletableFuture<Void> all = CompletableFuture.allOf(bundles.values().stream().map(DeployedBundle::idle).toArray(CompletableFuture[]::new));
    notes.clearStale();
    if (settings.gateway()) {
      all.thenRun(this::sweep);
    }
    return all;
  }

  private synchronized void sweep() {
    Set<String> inUse = new HashSet<>();
    kept.values().forEach(inUse::addAll);
    store.sweep(election.symbolicNames(), inUse);
  }

  private void elect(String symbolicName) {
    Optional<Jar> winner = election.elect(symbolicName);
    winner.ifPresent(jar -> election.of(symbolicName).stream()
        .filter(other -> !other.equals(jar) && !election.isRefused(other) && !renamed(other, jar)).forEach(other -> pass(other, jar)));
    if (winner.isPresent() || election.of(symbolicName).isEmpty()) {
      bundles.computeIfAbsent(symbolicName, name -> new DeployedBundle(this, name, control, store, trial, runs, settings)).want(winner);
    }
  }

  /** Whether a file was given another name: that the first has gone is told in a moment. */
  private boolean renamed(Jar other, Jar winner) {
    return other.sameContent(winner) && !Files.exists(folder.resolve(winner.file()));
  }

  private void pass(Jar other, Jar winner) {
    boolean older = other.version().compareTo(winner.version()) < 0;
    String rival = older ? " holds the newer version " + winner.version() : other.sameContent(winner) ? " is the very same" : " holds it as well";
    files.record(other.file(), older ? State.SUPERSEDED : State.REJECTED, other, null,
        "KIT-1008 " + other.file() + " holds " + other + ", and " + winner.file() + rival + "; delete one of the two files", "");
  }

  FileTable table() {
    return files;
  }

  /** Whether the host comes up, and finds what it had before. */
  boolean starting() {
    return !firstScan.isDone();
  }

  void execute(Runnable work) {
    threads.execute(work);
  }

  /** A jar that the gate let through is not good after all. */
  synchronized void refused(Jar jar) {
    election.refuse(jar);
    elect(jar.symbolicName());
  }

  /** A bundle has nothing to do: content that it had on the way is not needed any more. */
  synchronized void settled(String symbolicName) {
    if (election.of(symbolicName).isEmpty()) {
      store.forget(symbolicName);
    }
    DeployedBundle bundle = bundles.get(symbolicName);
    String good = store.good(symbolicName).map(Jar::sha256).orElse("");
    kept.getOrDefault(symbolicName, Set.of()).removeIf(sha256 -> {
      boolean unused = !sha256.equals(good) && !election.uses(symbolicName, sha256) && !bundle.uses(sha256);
      if (unused) {
        store.drop(sha256);
      }
      return unused;
    });
  }

  private void recorded(DeployedFile file) {
    if (file.state() == State.REJECTED) {
      notes.write(folder.resolve(file.file()), file.reason());
    } else {
      notes.clear(file.file());
    }
    // What nobody provided may be there now.
    if (file.state() == State.DEPLOYED) {
      files.list().stream().filter(other -> other.state() == State.UNRESOLVED).forEach(other -> retry(other.bundle()));
    }
  }

  private synchronized void retry(String symbolicName) {
    elect(symbolicName);
  }
}
