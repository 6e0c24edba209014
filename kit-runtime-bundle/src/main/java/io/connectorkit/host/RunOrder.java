package io.connectorkit.host;

import java.util.List;

/**
 * A wish for a run.
 *
 * @param instance whose
 * @param tables view names; empty for all tables that can be read
 * @param trigger why, for the record
 * @param full whether to read everything, whatever the watermarks say
 */
public record RunOrder(String instance, List<String> tables, String trigger, boolean full) {

  /** A wish that goes on from the watermarks. */
  public RunOrder(String instance, List<String> tables, String trigger) {
    this(instance, tables, trigger, false);
  }
}
