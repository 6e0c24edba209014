package io.connectorkit.host;

import java.util.List;
import java.util.Map;

/**
 * The configuration of an instance as its file has it, without what must not be shown. No part is null.
 *
 * @param instance its name, and that of its file
 * @param document the keys of the file: texts, numbers, truth values, lists and maps of them
 * @param hidden settings that are set and not shown, since they are secrets or may be
 * @param problems why it cannot be used as it stands, each on one line with its remedy
 * @param notes what is odd about it, or missing in the host's environment
 */
public record InstanceSettings(String instance, Map<String, Object> document, List<String> hidden, List<String> problems, List<String> notes) {}
