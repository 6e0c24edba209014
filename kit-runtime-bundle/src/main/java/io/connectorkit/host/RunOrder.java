package io.connectorkit.host;

import java.util.List;

/**
 * A wish for a run.
 *
 * @param instance whose
 * @param tables view names; empty for all tables that can be read
 * @param trigger why, for the record
 */
public record RunOrder(String instance, List<String> tables, String trigger) {}
