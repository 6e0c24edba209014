package io.connectorkit.host;

import java.time.Duration;

/**
 * What is to be checked, and how much of the source the checks may use.
 *
 * @param rows most rows of one read; at least 1
 * @param tables most tables that are looked at closely; at least 1
 * @param call longest time for one answer; above zero
 * @param total longest time for all checks; above zero
 */
public record ContractOrder(String instance, int rows, int tables, Duration call, Duration total) {}
