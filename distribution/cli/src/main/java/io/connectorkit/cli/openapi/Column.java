package io.connectorkit.cli.openapi;

/**
 * A column of a proposed table.
 *
 * @param type as in {@code connector.yaml}
 * @param path of its value in a record, keys with dots between them
 * @param note what the document left open; empty if nothing
 */
record Column(String name, String type, String path, String description, String note) {

  /** Whether rows can be told from each other by it. */
  boolean identifies() {
    return type.equals("text") || type.startsWith("int");
  }

  /** As a line of YAML. */
  String yaml() {
    boolean plain = path.equals(name) && description.isEmpty();
    String options = (path.equals(name) ? "" : ", path: " + Text.value(path)) + (description.isEmpty() ? "" : ", description: " + Text.value(description));
    String written = type.contains(",") && !plain ? Text.value(type) : type;
    return Text.value(name) + ": " + (plain ? type : "{type: " + written + options + "}") + (note.isEmpty() ? "" : " # " + note);
  }
}
