package io.connectorkit.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Capability {@link Capability#STREAM}: the connector turns events into changed rows as they come. Events arrive as webhooks, at an address
 * that the host gives each instance, and from connections that the connector holds itself; both are stored first and come on the same way.
 */
@ConsumerType
public interface Streams extends Connector {

  /**
   * Turns events into changes of all tables concerned. Called for one instance one call at a time, with events in the order in which they
   * came; the host commits the changes of a call in one step, for all tables together, and only then counts the events as done: after a crash
   * the same ones come again. May block, for instance to fetch what the event is about; the thread is interrupted when the instance stops.
   *
   * <p>What is thrown concerns all events of the call. After {@link ConnectorException#transientFailure} the same events come again later;
   * after anything else each comes again alone, and one that fails alone is set aside with its reason, for people to look at and replay.
   *
   * @param context the configured instance
   * @param tables as {@link Discovers#discover} described them last; those with {@link Capability#STREAM} may be changed
   * @param events at least one
   * @return may be empty, for events that concern no table; not null
   * @throws ConnectorException if an event cannot be understood, or the source does not answer
   */
  Changes changes(ConnectorContext context, List<TableInfo> tables, List<Event> events);

  /**
   * Holds a connection to the source and hands over what comes, until it is cancelled. Called once when the instance starts, on a thread of its
   * own, and again after a growing pause when it ends or throws. Connectors that live on webhooks alone leave it out.
   *
   * @param context the configured instance
   * @param sink takes events
   * @throws ConnectorException if the connection cannot be had or breaks
   */
  default void listen(ConnectorContext context, EventSink sink) {
    sink.none();
  }
}
