package io.connectorkit.host;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Service that takes events of sources, for instances whose connector streams. Safe for use from several threads. */
@ProviderType
public interface EventInboxes {

  /**
   * Checks a webhook's request and stores it. Blocks until it is on disk.
   *
   * @param instance as in the address it was sent to; anything
   * @param headers of the request, names in any case
   * @param body as received, not longer than {@link #maxBody}
   */
  EventReceipt receive(String instance, Map<String, String> headers, byte[] body);

  /**
   * How many bytes a body may have.
   *
   * @param instance anything
   */
  int maxBody(String instance);

  /** How it stands with the events of each instance whose connector streams, by name. */
  List<EventStatus> status();

  /**
   * Events that the connector could not deal with, oldest first.
   *
   * @param limit how many at most
   * @throws KitException KIT-3001 if there is no such instance
   */
  List<QuarantinedEvent> quarantine(String instance, int limit);

  /**
   * Has events come again that were set aside, behind all others.
   *
   * @param sequences of the events; empty for all
   * @return how many
   * @throws KitException KIT-3001 or KIT-3050 if there is no such instance or event
   */
  int replay(String instance, List<Long> sequences);

  /**
   * Deletes events that were set aside.
   *
   * @param sequences of the events; at least one
   * @return how many
   * @throws KitException KIT-3001 or KIT-3050 if there is no such instance or event
   */
  int drop(String instance, List<Long> sequences);
}
