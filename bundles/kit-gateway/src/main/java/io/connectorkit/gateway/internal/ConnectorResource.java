package io.connectorkit.gateway.internal;

import io.connectorkit.host.Configurations;
import io.connectorkit.host.ConnectorStatus;
import io.connectorkit.host.InstanceSettings;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connectors with the settings that they declare, and the configuration of their instances. Secrets are names here, never values. */
final class ConnectorResource implements Resource {

  private static final String CONFIG = "/api/instances/{instance}/config";

  /** A connector that is deployed. */
  record Connector(String name, String version, String description, List<String> capabilities, String bundle, List<Setting> settings,
      List<Variable> variables) {}

  /** A setting, in words of JSON Schema; {@code fallback} is its value where none is set. */
  record Setting(String name, String type, boolean required, boolean secret, @MayBeNull Object fallback, String description, List<String> values,
      @MayBeNull Double minimum, @MayBeNull Double maximum, String pattern, String format) {}

  /** An environment variable that holds a secret, and whether the host has it. */
  record Variable(String name, boolean required, boolean present, String description) {}

  /** The keys of an instance's file; a hidden setting that is not given stays as it is, one that is null goes. */
  record Settings(String connector, @MayBeNull Map<String, Object> config, @MayBeNull Object tables, @MayBeNull Object schedule,
      @MayBeNull Object writes) {}

  /** The configuration of an instance; {@code hidden} names settings that are set and not shown. */
  record Configuration(String instance, Map<String, Object> document, List<String> hidden, List<String> problems, List<String> notes) {}

  private final Configurations configurations;

  ConnectorResource(Configurations configurations) {
    this.configurations = configurations;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/connectors", "listConnectors", "The deployed connectors, with the settings that their instances may have")
            .givesMany(Connector.class).by(call -> configurations.connectors().stream().map(ConnectorResource::connector).toList()),
        Route.get("/api/connectors/{connector}", "getConnector", "One connector").gives(Connector.class).by(this::one),
        Route.get(CONFIG, "getConfiguration", "The configuration of an instance, without its secrets").gives(Configuration.class).by(this::get),
        Route.put(CONFIG, "putConfiguration", "Writes the configuration of an instance, which need not be there yet; a wrong one changes nothing")
            .needs(Role.DEPLOY).query("trial", "boolean", "Only check").takes(Settings.class).gives(Configuration.class).by(this::put),
        Route.delete(CONFIG, "deleteConfiguration", "Deletes the configuration of an instance; what was extracted stays").needs(Role.DEPLOY)
            .gives(Done.class).by(this::delete));
  }

  private Connector one(Call call) {
    return configurations.connectors().stream().filter(each -> each.name().equals(call.path("connector"))).findFirst().map(ConnectorResource::connector)
        .orElseThrow(() -> new KitException("KIT-6004", "no connector '" + call.path("connector") + "' is deployed"));
  }

  private Configuration get(Call call) {
    return configurations.find(call.path("instance")).map(ConnectorResource::configuration).orElseThrow(() -> missing(call));
  }

  private static KitException missing(Call call) {
    return new KitException("KIT-6004", "there is no configuration of '" + call.path("instance") + "'");
  }

  private Configuration put(Call call) throws IOException {
    Settings settings = call.body(Settings.class);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("connector", settings.connector());
    document.put("config", settings.config());
    document.put("tables", settings.tables());
    document.put("schedule", settings.schedule());
    document.put("writes", settings.writes());
    document.values().removeIf(value -> value == null);
    return configuration(configurations.put(call.path("instance"), document, call.flag("trial")));
  }

  private Done delete(Call call) {
    if (!configurations.remove(call.path("instance"))) {
      throw missing(call);
    }
    return Done.DONE;
  }

  private static Configuration configuration(InstanceSettings settings) {
    return new Configuration(settings.instance(), settings.document(), settings.hidden(), settings.problems(), settings.notes());
  }

  private static Connector connector(ConnectorStatus connector) {
    return new Connector(connector.name(), connector.version(), connector.description(), connector.capabilities(), connector.bundle(),
        connector.settings().stream().map(each -> new Setting(each.name(), each.type(), each.required(), each.secret(), each.fallback(), each.description(),
            each.values(), each.minimum(), each.maximum(), each.pattern(), each.format())).toList(),
        connector.variables().stream().map(each -> new Variable(each.name(), each.required(), each.present(), each.description())).toList());
  }
}
