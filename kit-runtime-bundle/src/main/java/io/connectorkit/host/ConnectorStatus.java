package io.connectorkit.host;

import java.util.List;

/**
 * A deployed connector, and what it says of itself. No part is null unless said.
 *
 * @param name of the connector
 * @param version of the connector
 * @param description for people
 * @param capabilities labels, sorted
 * @param bundle symbolic name and version
 * @param settings that an instance may have, in the order of the declaration
 * @param variables environment variables that hold its secrets
 */
public record ConnectorStatus(String name, String version, String description, List<String> capabilities, String bundle, List<Setting> settings,
    List<Variable> variables) {

  /**
   * A setting, in words of JSON Schema.
   *
   * @param type {@code string}, {@code integer}, {@code number}, {@code boolean}, {@code array} or {@code object}
   * @param fallback the value where none is set; null if there is none
   * @param values the only ones allowed, as text; empty for all
   * @param minimum least number; null for no limit
   * @param maximum greatest number; null for no limit
   * @param pattern what a text must contain; empty for anything
   * @param format what a text must be, such as {@code uri}; may be empty
   */
  public record Setting(String name, String type, boolean required, boolean secret, Object fallback, String description, List<String> values,
      Double minimum, Double maximum, String pattern, String format) {}

  /**
   * An environment variable that holds a secret.
   *
   * @param present whether the host has it, or a file that holds it
   */
  public record Variable(String name, boolean required, boolean present, String description) {}
}
