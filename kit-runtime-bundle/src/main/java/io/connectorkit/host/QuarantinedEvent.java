package io.connectorkit.host;

import java.time.Instant;

/**
 * An event that its connector could not deal with.
 *
 * @param sequence tells it from the others of its instance
 * @param id as its source named it
 * @param receivedAt when it came
 * @param quarantinedAt when it was set aside
 * @param reason one line, with its code
 * @param bytes size of its body
 * @param preview the beginning of its body, as text
 */
public record QuarantinedEvent(long sequence, String id, Instant receivedAt, Instant quarantinedAt, String reason, int bytes, String preview) {}
