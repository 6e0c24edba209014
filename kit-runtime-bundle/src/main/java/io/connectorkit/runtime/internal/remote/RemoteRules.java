package io.connectorkit.runtime.internal.remote;

import io.connectorkit.api.RemoteAttach;
import io.connectorkit.declaration.AttachmentForm;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.RemoteUrl;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.isolation.Sayable;
import io.connectorkit.runtime.internal.registry.Instance;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a connector may have attached. A token goes where it says, so that what is on no list is refused.
 *
 * @param asker whose attachment it is
 * @param extensions that may be used
 * @param hosts that may be attached; empty for those that the asker's settings name
 * @param variables that may be handed over; empty for those that the asker declares
 */
record RemoteRules(Asker asker, Set<String> extensions, Set<String> hosts, Set<String> variables) {

  private static final String SETTINGS = "etc/" + RemoteConfig.PID + ".cfg";

  /**
   * Whose attachment it is.
   *
   * @param variables that its connector declares
   * @param settings texts among its settings
   * @param hidden values of secrets
   */
  record Asker(String instance, Set<String> variables, Set<String> settings, List<String> hidden) {

    static Asker of(Instance instance) {
      return new Asker(instance.name(),
          instance.declaration().yaml().variables().stream().map(ConnectorYaml.Variable::name).collect(Collectors.toCollection(TreeSet::new)),
          instance.config().settings().values().values().stream()
              .flatMap(value -> value instanceof Collection<?> list ? list.stream() : Stream.of(value)).map(String::valueOf).collect(Collectors.toSet()),
          instance.hidden());
    }
  }

  void check(RemoteAttach attach) {
    AttachmentForm.secret(attach, asker.hidden()).ifPresent(this::wrong);
    AttachmentForm.of(attach).ifPresent(this::wrong);
    AttachmentForm.variable(attach, asker.variables()).ifPresent(this::wrong);
    if (attach.alias().equalsIgnoreCase(asker.instance())) {
      throw refused("alias '" + attach.alias() + "' is also the name of the instance, and SQL would not tell them apart; rename the instance");
    }
    if (!extensions.contains(attach.extension())) {
      throw refused("extension '" + attach.extension() + "' is not among those allowed, " + new TreeSet<>(extensions)
          + "; if you trust it, add it to 'extensions' in " + SETTINGS);
    }
    if (!attach.tokenEnv().isEmpty() && !variables.isEmpty() && !variables.contains(attach.tokenEnv())) {
      throw refused("token variable " + attach.tokenEnv() + " is not among those allowed, " + new TreeSet<>(variables) + "; if this connector may"
          + " hand it over, add it to 'token.variables' in " + SETTINGS);
    }
    requirePlaces(RemoteUrl.of(attach.extension(), attach.url()).places());
  }

  private void requirePlaces(List<String> places) {
    Set<String> allowed = hosts.isEmpty() ? asker.settings().stream().flatMap(RemoteUrl::named).collect(Collectors.toSet()) : hosts;
    for (String place : places) {
      if (!allowed.contains(place) && !allowed.contains(RemoteUrl.withoutPort(place))) {
        throw refused("'" + Sayable.line(place) + "' is not " + (hosts.isEmpty() ? "named by the settings of the instance; if it is to be attached,"
            + " name it there, or under 'hosts' in " + SETTINGS : "among the hosts allowed, " + new TreeSet<>(hosts) + "; if it may be attached, add"
            + " it to 'hosts' in " + SETTINGS));
      }
    }
  }

  void check(RemoteAttach attach, String table, RemoteAttach.Relation relation) {
    AttachmentForm.relation(attach, table, relation).ifPresent(this::wrong);
  }

  private void wrong(String what) {
    throw refused(what + "; correct the connector");
  }

  private KitException refused(String what) {
    return new KitException("KIT-3060", "attachment of '" + asker.instance() + "': " + what);
  }
}
