package io.connectorkit.api;

import org.osgi.annotation.versioning.ProviderType;

/** Takes events of a connection that a connector holds, see {@link Streams#listen}. Safe from any thread. */
@ProviderType
public interface EventSink {

  /**
   * Stores an event. When it returns, the event survives a crash of the host, so that it can be acknowledged to the source. Blocks while
   * the host is too far behind.
   *
   * @param id as in {@link Event#id()}
   * @param body as received; not to be changed afterwards
   * @throws java.util.concurrent.CancellationException if the instance stops
   */
  void accept(String id, byte[] body);

  /** Says that there is no connection to hold: {@link Streams#listen} is not called again. */
  void none();
}
