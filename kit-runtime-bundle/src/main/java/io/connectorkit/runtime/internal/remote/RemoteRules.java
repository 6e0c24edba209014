package io.connectorkit.runtime.internal.remote;

import io.connectorkit.api.Names;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.isolation.Sayable;
import io.connectorkit.runtime.internal.registry.Instance;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a connector may say about how DuckDB gets at its source. Every part of it ends up in SQL, and a token goes where it says, so that what
 * is not allowed is refused.
 *
 * @param asker whose attachment it is
 * @param extensions that may be used
 * @param hosts that may be attached; empty for those that the asker's settings name
 * @param variables that may be handed over; empty for those that the asker declares
 */
record RemoteRules(Asker asker, Set<String> extensions, Set<String> hosts, Set<String> variables) {

  /** DuckDB itself: a database file, without an extension. */
  static final String DUCKDB = "duckdb";

  private static final String SETTINGS = "etc/" + RemoteConfig.PID + ".cfg";
  private static final Pattern EXTENSION = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,127}");
  private static final int MAX_URL = 2000;
  private static final int MAX_NAME = 255;
  private static final int MAX_ARGUMENT = 20_000;
  private static final int MAX_PARTS = 20;

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
    String alias = attach.alias().toLowerCase(Locale.ROOT);
    if (!Names.isView(attach.alias()) || !Names.isInstance(alias)) {
      throw refused("alias " + quoted(attach.alias()) + " must be of letters, digits and underscores, a letter first, at most 40, and no word that"
          + " DuckDB reserves; correct the connector");
    }
    if (alias.equals(asker.instance())) {
      throw refused("alias '" + attach.alias() + "' is also the name of the instance, and SQL would not tell them apart; rename the instance");
    }
    if (!EXTENSION.matcher(attach.extension()).matches() || !extensions.contains(attach.extension())) {
      throw refused("extension " + quoted(attach.extension()) + " is not among those allowed, " + new TreeSet<>(extensions)
          + "; if you trust it, add it to 'extensions' in " + SETTINGS);
    }
    requireVariable(attach.tokenEnv());
    requireUrl(attach);
  }

  private void requireVariable(String variable) {
    if (variable.isEmpty()) {
      return;
    }
    // Not its value: what is no name may be a token in the wrong place.
    if (!VARIABLE.matcher(variable).matches()) {
      throw refused("the token variable must be of capital letters, digits and underscores, a letter first, and is not; correct the connector");
    }
    if (!asker.variables().contains(variable)) {
      throw refused("token variable " + variable + " is not declared under auth.env_vars in connector.yaml, which declares " + asker.variables()
          + "; correct the connector");
    }
    if (!variables.isEmpty() && !variables.contains(variable)) {
      throw refused("token variable " + variable + " is not among those allowed, " + new TreeSet<>(variables) + "; if this connector may hand it"
          + " over, add it to 'token.variables' in " + SETTINGS);
    }
  }

  private void requireUrl(RemoteAttach attach) {
    String url = attach.url();
    if (url.length() > MAX_URL || controls(url)) {
      throw refused("the url must be one line of at most " + MAX_URL + " characters without control characters; correct the connector");
    }
    if (asker.hidden().stream().anyMatch(url::contains)) {
      throw refused("the url holds a secret; name its variable as token instead: correct the connector");
    }
    RemoteUrl parsed = RemoteUrl.of(attach.extension(), url);
    if (!parsed.problem().isEmpty()) {
      throw refused("the url " + parsed.problem() + "; correct the connector");
    }
    Set<String> allowed = hosts.isEmpty() ? asker.settings().stream().flatMap(RemoteUrl::named).collect(Collectors.toSet()) : hosts;
    for (String place : parsed.places()) {
      if (!allowed.contains(place) && !allowed.contains(RemoteUrl.withoutPort(place))) {
        throw refused(quoted(place) + " is not " + (hosts.isEmpty() ? "named by the settings of the instance; if it is to be attached, name it"
            + " there, or under 'hosts' in " + SETTINGS : "among the hosts allowed, " + new TreeSet<>(hosts) + "; if it may be attached, add it to"
            + " 'hosts' in " + SETTINGS));
      }
    }
  }

  void check(RemoteAttach attach, String table, RemoteAttach.Relation relation) {
    if (relation == null) {
      throw refused("nothing stands behind table '" + table + "': attach() must name a relation for each table that it is asked for; correct the"
          + " connector");
    } else if (relation instanceof RemoteAttach.Name name) {
      if (name.names().isEmpty() || name.names().size() > MAX_PARTS || name.names().stream().anyMatch(RemoteRules::noName)) {
        throw refused("the names behind table '" + table + "' must be one or more, none empty, longer than " + MAX_NAME
            + " characters or with control characters; correct the connector");
      }
    } else if (relation instanceof RemoteAttach.Call call) {
      requireCall(attach, table, call);
    }
  }

  /** What is called is the extension's own; DuckDB's own functions could read files, and its metadata. */
  private void requireCall(RemoteAttach attach, String table, RemoteAttach.Call call) {
    String prefix = attach.extension() + "_";
    if (attach.extension().equals(DUCKDB) || !Names.isView(call.function()) || !call.function().toLowerCase(Locale.ROOT).startsWith(prefix)) {
      throw refused("function " + quoted(call.function()) + " behind table '" + table + "' must be one of the extension, whose names begin with '"
          + prefix + "'" + (attach.extension().equals(DUCKDB) ? ", and this one has none" : "") + "; correct the connector");
    }
    if (call.arguments().size() > MAX_PARTS || call.arguments().stream().anyMatch(text -> text.length() > MAX_ARGUMENT
        || controls(text.replaceAll("[\\r\\n\\t]", "")) || asker.hidden().stream().anyMatch(text::contains))) {
      throw refused("the arguments of " + call.function() + " behind table '" + table + "' must be at most " + MAX_PARTS + " texts of at most "
          + MAX_ARGUMENT + " characters, without control characters and secrets; correct the connector");
    }
  }

  private static boolean noName(String name) {
    return name.isEmpty() || name.length() > MAX_NAME || controls(name);
  }

  private static boolean controls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static String quoted(String text) {
    return "'" + Sayable.line(text) + "'";
  }

  private KitException refused(String what) {
    return new KitException("KIT-3060", "attachment of '" + asker.instance() + "': " + what);
  }
}
