package io.connectorkit.runtime.internal.registry;

import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.InstanceStatus.State;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.config.InstanceConfigs;
import io.connectorkit.runtime.internal.config.Secrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Puts bundles, services and configuration files together. Bundles are tracked by their capability, connectors by their service; an
 * instance is READY once both are there, agree with each other, and its configuration is complete.
 */
@Component(service = Registry.class, immediate = true)
public final class Registry {

  private static final Duration CONSTRUCTION_LIMIT = Duration.ofSeconds(10);

  private final InstanceConfigs configs;
  private final ConnectorBundles bundles;
  private final BundleContext context;
  private final Components components;
  private final Candidates candidates;
  private final Map<Long, Construction> constructions = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Bundle>> stopListeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<DeployFolder> deployFolder = new AtomicReference<>();
  private final CompletableFuture<Void> scanned = new CompletableFuture<>();

  @Activate
  public Registry(BundleContext context, @Reference Home home, @Reference Secrets secrets, @Reference ServiceComponentRuntime components) {
    this.context = context;
    this.components = new Components(components);
    this.candidates = new Candidates(secrets, this.components);
    this.configs = new InstanceConfigs(home.instanceFiles());
    this.bundles = new ConnectorBundles(context, this::changed);
    bundles.open();
  }

  @Deactivate
  public void close() {
    bundles.close();
  }

  @Reference(service = AnyService.class, target = "(" + ConnectorBundle.PREFIX_ + "name=*)", cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindConnector(ServiceReference<?> service) {
    constructions.put((Long) service.getProperty(Constants.SERVICE_BUNDLEID),
        new Construction(context, service, components::failure, CONSTRUCTION_LIMIT, this::changed));
    changed();
  }

  /** Returns once nobody uses the connector any more: its code goes next. */
  void unbindConnector(ServiceReference<?> service) {
    Construction construction = constructions.remove((Long) service.getProperty(Constants.SERVICE_BUNDLEID));
    if (construction != null) {
      stopListeners.forEach(listener -> listener.accept(service.getBundle()));
      construction.close();
      changed();
    }
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindDeployFolder(DeployFolder folder) {
    deployFolder.set(folder);
    folder.firstScan().whenComplete((done, failure) -> scanned.complete(null));
  }

  void unbindDeployFolder(DeployFolder folder) {
    deployFolder.compareAndSet(folder, null);
  }

  /** Has an action run after every change, on the thread that made it; it must not take long. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Ends {@link #onChange}. */
  public void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /** Has an action run when a bundle's connector goes away, which waits for it. */
  public void onStop(Consumer<Bundle> listener) {
    stopListeners.add(listener);
  }

  /** Ends {@link #onStop}. */
  public void forget(Consumer<Bundle> listener) {
    stopListeners.remove(listener);
  }

  /** Whether the connector of a bundle is being made. */
  public boolean starting(long bundle) {
    Construction construction = constructions.get(bundle);
    return construction != null && construction.running();
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /** Reads the configuration files again. */
  public void refresh() {
    configs.refresh();
    changed();
  }

  /** Completes when what lay in the deploy folder at the start has been dealt with. */
  public CompletionStage<Void> scanned() {
    return scanned.minimalCompletionStage();
  }

  /** Whether an instance has a schedule. */
  public boolean scheduled() {
    return configs.files().stream().anyMatch(file -> file.schedule().isPresent());
  }

  /** What the deploy folder holds; empty while it is not watched. */
  public List<DeployedFile> files() {
    DeployFolder folder = deployFolder.get();
    return folder == null ? List.of() : folder.files();
  }

  /**
   * The instance of that name.
   *
   * @throws KitException KIT-3001 with its reason if it is not READY
   */
  public Instance require(String name) {
    Candidate candidate = find(name).orElseThrow(() -> new KitException("KIT-3001", "there is no connector or instance '" + name
        + "'; there are " + candidates().stream().map(Candidate::name).toList()));
    if (candidate.instance() == null) {
      throw new KitException("KIT-3001", "'" + name + "' is " + candidate.state() + ": " + candidate.reason()
          + (candidate.remedy().isEmpty() ? "" : "; " + candidate.remedy()));
    }
    return candidate.instance();
  }

  /** The instance of that name, however far it has come. */
  public Optional<Candidate> find(String name) {
    return candidates(bundle -> true, name::equals).findFirst();
  }

  /** The instances of a bundle. */
  public List<Candidate> of(long bundle) {
    return candidates(each -> each.getBundleId() == bundle, name -> true).filter(candidate -> candidate.bundle() != null).toList();
  }

  /** All instances, by name. */
  public List<Candidate> candidates() {
    return candidates(bundle -> true, name -> true).toList();
  }

  private Stream<Candidate> candidates(Predicate<Bundle> wanted, Predicate<String> name) {
    Map<Long, DeployedFile> files = files().stream().filter(file -> file.bundleId() >= 0)
        .collect(Collectors.toMap(DeployedFile::bundleId, file -> file, (first, second) -> first));
    Map<String, Candidate> result = new TreeMap<>();
    Map<String, Bundle> owners = new HashMap<>();
    for (ConnectorBundles.Entry entry : bundles.list(wanted)) {
      Bundle bundle = entry.bundle();
      Declaration declaration = entry.declaration();
      Bundle owner = declaration == null ? null : owners.putIfAbsent(declaration.name(), bundle);
      if (!wanted.test(bundle)) {
        continue;
      }
      if (declaration == null) {
        add(result, Candidates.rejected(bundle, bundle.getSymbolicName(), entry.problem().getMessage(), null));
      } else if (owner != null) {
        add(result, Candidates.rejected(bundle, bundle.getSymbolicName(), "KIT-1013 connector '" + declaration.name() + "' is already provided by "
            + owner.getSymbolicName() + "; remove one of the two bundles", declaration));
      } else {
        configs.of(declaration.name()).stream().filter(file -> name.test(file.instance()))
            .forEach(file -> add(result, candidates.of(bundle, declaration, file, constructions.get(bundle.getBundleId()),
                files.get(bundle.getBundleId()))));
      }
    }
    configs.files().stream().filter(file -> !owners.containsKey(file.connector())).forEach(file -> add(result,
        new Candidate(file.instance(), file.connector(), State.WAITING, "connector '" + file.connector() + "' is not deployed",
            "put its jar into deploy/", null, null, null)));
    configs.problems().forEach((instance, problem) -> add(result,
        new Candidate(instance, "", State.WAITING, problem, "correct the file", null, null, null)));
    return result.values().stream().filter(candidate -> name.test(candidate.name()));
  }

  private static void add(Map<String, Candidate> result, Candidate candidate) {
    result.putIfAbsent(candidate.name(), candidate);
  }
}
