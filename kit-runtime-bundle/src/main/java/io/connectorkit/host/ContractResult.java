package io.connectorkit.host;

import java.time.Duration;

/**
 * What came of one check.
 *
 * @param check its stable id
 * @param demands what it demands, in a sentence
 * @param outcome PASSED, FAILED or SKIPPED
 * @param message what was found, or why there was nothing to look at; mostly empty if it passed
 * @param remedy what to do about a failure; empty otherwise
 */
public record ContractResult(String check, String demands, String outcome, String message, String remedy, Duration took) {}
