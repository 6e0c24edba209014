package io.connectorkit.contract;

import io.connectorkit.api.Connector;
import io.connectorkit.api.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What is checked: a connector as it is packed, and one configured instance of it.
 *
 * @param packaging empty if only the class is there
 * @param settings the {@code config} section, defaults filled in
 * @param secrets values of the environment variables that {@code connector.yaml} declares
 * @param surroundings how the connector is called
 * @param server a fake of the source, made to misbehave by some checks; empty if the source is the real one
 * @param events samples of what the source sends, for connectors that stream
 */
public record Subject(Connector connector, Optional<Packaging> packaging, Map<String, Object> settings, Map<String, String> secrets,
    Surroundings surroundings, Optional<FakeServer> server, List<Event> events) {

  /** Where the connector lives. */
  public interface Surroundings {

    /** A call of the connector, on the thread that it is made on. */
    <T> T call(Callable<T> call) throws Exception;

    /** The files that the operator gives to the instance, see {@link io.connectorkit.api.ConnectorContext#folder}. */
    default Path folder() {
      return Path.of("no-such-folder").toAbsolutePath();
    }

    /** No host: the connector's classes are those of the caller. */
    Surroundings PLAIN = new Surroundings() {
      @Override
      public <T> T call(Callable<T> call) throws Exception {
        return call.call();
      }
    };
  }

  /**
   * A server that stands in for the source. The connector is pointed at something between it and the server, which spoils answers.
   *
   * @param setting name of the setting that holds the server's base URL
   */
  public record FakeServer(String setting) {}

  /** One without samples of events. */
  public Subject(Connector connector, Optional<Packaging> packaging, Map<String, Object> settings, Map<String, String> secrets,
      Surroundings surroundings, Optional<FakeServer> server) {
    this(connector, packaging, settings, secrets, surroundings, server, List.of());
  }

  /** Copies the collections. */
  public Subject {
    settings = Map.copyOf(settings);
    secrets = Map.copyOf(secrets);
    events = List.copyOf(events);
  }
}
