package io.connectorkit.deployer.internal;

import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.Runs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bundle and the jar that it should have: installs, upgrades, puts back and removes it. */
final class DeployedBundle {

  private static final Logger LOG = LoggerFactory.getLogger(DeployedBundle.class);

  private final Deployer deployer;
  private final BundleControl control;
  private final BundleStore store;
  private final Trial trial;
  private final Runs runs;
  private final DeploySettings settings;
  private final FileTable files;
  private final LatestFirst jars;

  /** Content that the bundle has; null while it is not installed. Only the one thread that works changes these two. */
  private volatile Jar content;
  private Bundle bundle;

  /** Nothing is installed yet. */
  DeployedBundle(Deployer deployer, String symbolicName, BundleControl control, BundleStore store, Trial trial, Runs runs,
      DeploySettings settings) {
    this.deployer = deployer;
    this.control = control;
    this.store = store;
    this.trial = trial;
    this.runs = runs;
    this.settings = settings;
    this.files = deployer.table();
    this.jars = new LatestFirst(deployer::execute, this::become, () -> deployer.settled(symbolicName));
  }

  /** What the bundle should be from now on; empty for nothing. */
  void want(Optional<Jar> jar) {
    jars.want(jar);
  }

  /** Completes when there is nothing to do any more. */
  CompletableFuture<Void> idle() {
    return jars.idle();
  }

  /** Whether this is content that the bundle has, or is about to get. */
  boolean uses(String sha256) {
    Jar now = content;
    return now != null && now.sha256().equals(sha256) || jars.wanted().filter(jar -> jar.sha256().equals(sha256)).isPresent();
  }

  private void become(Optional<Jar> jar) {
    try {
      jar.ifPresentOrElse(this::become, this::remove);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("KIT-9006 {} cannot be deployed", jar, e);
      jar.ifPresent(each -> files.record(each.file(), State.FAILED, each, bundle, "KIT-9006 it cannot be deployed: " + e + "; see the log", ""));
    }
  }

  private void become(Jar jar) {
    if (content == null) {
      install(jar);
    } else if (!jar.sameContent(content)) {
      upgrade(jar);
    } else {
      content = jar;
      if (bundle.getState() == Bundle.ACTIVE) {
        files.record(jar.file(), State.DEPLOYED, jar, bundle, "", files.find(jar.file()).map(DeployedFile::note).orElse(""));
      } else {
        start("started");
      }
    }
  }

  private void install(Jar jar) {
    Optional<Jar> good = store.good(jar.symbolicName()).filter(known -> !known.sameContent(jar)).map(known -> known.named(jar.file()));
    Optional<BundleStore.Refusal> refusal =
        store.refused(jar.symbolicName()).filter(each -> deployer.starting() && each.sha256().equals(jar.sha256()));
    if (good.isPresent() && refusal.isPresent()) {
      // What was taken back before the host went down is not tried again because it came up.
      if (installed(good.get(), "deployed again")) {
        files.record(jar.file(), State.REJECTED, good.get(), bundle, refusal.get().reason(), "");
        deployer.refused(jar);
      }
      return;
    }
    Optional<Fault> fault = installed(jar, "deployed") ? good.flatMap(before -> trial.of(bundle.getBundleId(), List.of()))
        : Optional.of(Fault.ofBundle(files.find(jar.file()).map(DeployedFile::reason).orElse("")));
    if (fault.isPresent()) {
      good.ifPresent(before -> putBack(jar, before, fault.get()));
    } else if (!trial.ready(bundle.getBundleId()).isEmpty()) {
      store.confirm(jar);
    }
  }

  /** Installs and starts; false if it does not start. */
  private boolean installed(Jar jar, String done) {
    try {
      bundle = control.install(jar);
      content = jar;
    } catch (BundleException e) {
      files.record(jar.file(), State.REJECTED, jar, null, "KIT-1009 " + jar.file() + " cannot be installed: " + e.getMessage(), "");
      return false;
    }
    // Recorded before the start, since whoever hears of the new service asks for its file.
    files.record(jar.file(), State.DEPLOYING, jar, bundle, "", "");
    return start(done);
  }

  private boolean start(String done) {
    try {
      control.start(bundle);
      files.record(content.file(), State.DEPLOYED, content, bundle, "", content.note());
      LOG.info("{} {}: {}", done, content.file(), content);
      return true;
    } catch (BundleException e) {
      State state = e.getType() == BundleException.RESOLVE_ERROR ? State.UNRESOLVED : State.FAILED;
      files.record(content.file(), state, content, bundle, Resolution.reason(e), "");
      return false;
    }
  }

  private void upgrade(Jar jar) {
    Jar before = content;
    try {
      control.rehearse(jar);
    } catch (BundleException e) {
      reject(jar, before, Resolution.reason(e));
      return;
    }
    List<String> ready = trial.ready(bundle.getBundleId());
    if (!ready.isEmpty()) {
      store.confirm(before);
    }
    Runs.Pause pause = runs.pause(bundle.getBundleId(), settings.drain());
    try {
      if (!jars.outdated(jar)) {
        Optional<Fault> fault = replace(jar).or(() -> trial.of(bundle.getBundleId(), ready));
        fault.ifPresentOrElse(each -> putBack(jar, before, each), () -> taken(jar, before));
      }
    } finally {
      pause.close();
    }
  }

  private void taken(Jar jar, Jar before) {
    String note = compare(jar.version(), before.version());
    LOG.info("{}: {}", jar.file(), note);
    files.record(jar.file(), State.DEPLOYED, jar, bundle, "", jar.note().isEmpty() ? note : note + "; " + jar.note());
    store.confirm(jar);
  }

  private static String compare(Version now, Version before) {
    int order = now.compareTo(before);
    return order == 0 ? "version " + now + " again, with other content"
        : (order > 0 ? "upgraded from " : "downgraded from ") + before + " to " + now;
  }

  private Optional<Fault> replace(Jar jar) {
    try {
      control.replace(bundle, jar, () -> {
        content = jar;
        files.record(jar.file(), State.DEPLOYING, jar, bundle, "", "");
      });
      return Optional.empty();
    } catch (BundleException e) {
      return Optional.of(Fault.ofBundle(Resolution.reason(e)));
    }
  }

  /** Goes back to the version before; unless that one fares no better, for then the source is to blame. */
  private void putBack(Jar jar, Jar before, Fault fault) {
    // A bundle that hangs cannot even be uninstalled; then its version before goes on beside it, as another bundle.
    if ((content == null || replace(before).isPresent()) && !installed(before, "put back")) {
      LOG.error("KIT-1017 {} cannot be put back", before);
      files.record(jar.file(), State.FAILED, content, bundle, fault.text() + "; and " + before + " cannot be put back", "");
      return;
    }
    if (fault.source() && trial.silence(bundle.getBundleId()).filter(fault::equals).isPresent() && replace(jar).isEmpty()) {
      files.record(jar.file(), State.DEPLOYED, jar, bundle, "", compare(jar.version(), before.version()) + "; the source answers neither: "
          + fault.text());
      return;
    }
    reject(jar, before, fault.text());
  }

  private void reject(Jar jar, Jar before, String fault) {
    String reason = "KIT-1015 " + jar.file() + " with " + jar + " is not taken: " + fault + "; " + before
        + " goes on; correct the jar and copy it here again";
    store.refuse(jar, reason);
    files.record(jar.file(), State.REJECTED, before, bundle, reason, "");
    deployer.refused(jar);
  }

  private void remove() {
    if (bundle == null) {
      return;
    }
    try {
      control.uninstall(bundle);
      LOG.info("removed {}; its data stays", content);
    } catch (BundleException e) {
      LOG.warn("KIT-1009 {} cannot be uninstalled: {}", content, e.getMessage());
    }
    bundle = null;
    content = null;
  }
}
