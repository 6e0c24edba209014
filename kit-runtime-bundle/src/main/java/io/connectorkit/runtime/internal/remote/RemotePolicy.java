package io.connectorkit.runtime.internal.remote;

import io.connectorkit.api.RemoteAttach;
import io.connectorkit.runtime.internal.config.Home;
import io.connectorkit.runtime.internal.registry.Instance;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** What the operator lets connectors attach, as it is configured now. A component of its own, so that a change restarts nobody else. */
@Component(service = RemotePolicy.class, configurationPid = RemoteConfig.PID)
@Designate(ocd = RemoteConfig.class)
public final class RemotePolicy {

  private static final Set<String> REPOSITORIES = Set.of("core", "community");

  private final Home home;
  private final AtomicReference<RemoteConfig> config;

  @Activate
  public RemotePolicy(@Reference Home home, RemoteConfig config) {
    this.home = home;
    this.config = new AtomicReference<>(config);
  }

  @Modified
  void modified(RemoteConfig changed) {
    config.set(changed);
  }

  /** The lists, for an attachment of an instance. */
  RemoteRules rules(Instance instance) {
    RemoteConfig current = config.get();
    return new RemoteRules(RemoteRules.Asker.of(instance), list(current.extensions()), list(current.hosts()), list(current.token_variables()));
  }

  /**
   * Checks an attachment, tables left out.
   *
   * @throws io.connectorkit.host.KitException KIT-3060 naming the part, its value, the rule and what to do
   */
  public void check(Instance instance, RemoteAttach attach) {
    rules(instance).check(attach);
  }

  /** Checks what stands behind a table. */
  public void check(Instance instance, RemoteAttach attach, String table, RemoteAttach.Relation relation) {
    rules(instance).check(attach, table, relation);
  }

  /** Extensions that may be used. */
  Set<String> extensions() {
    return list(config.get().extensions());
  }

  /** Where extensions lie. */
  Path folder() {
    String folder = config.get().extensions_folder().strip();
    return folder.isEmpty() ? home.duckDbExtensions() : Path.of(folder);
  }

  /** Where an extension that is missing comes from; empty for nowhere, which is also what a word means that is none of ours. */
  Optional<String> repository() {
    return Optional.of(config.get().extensions_install().strip()).filter(REPOSITORIES::contains);
  }

  private static Set<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(each -> !each.isEmpty()).collect(Collectors.toSet());
  }
}
