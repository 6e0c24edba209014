package io.connectorkit.host;

/**
 * How it stands with the events of an instance.
 *
 * @param received since the first one ever
 * @param waiting on disk and not published yet
 * @param quarantined set aside
 * @param full whether no more are taken for the moment
 * @param error what keeps events from being published; empty if nothing does
 */
public record EventStatus(String instance, long received, long waiting, int quarantined, boolean full, String error) {}
