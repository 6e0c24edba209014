package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the host reports, as tables for people. */
final class Views {

  private Views() {}

  static void connectors(Console console, JsonNode instances) {
    if (instances.isEmpty()) {
      console.say("No connector is deployed");
      return;
    }
    TextTable table = new TextTable().column("instance").column("connector").column("version").column("state").column("capabilities")
        .number("tables").number("rows").column("last run").column("next run").column("what to do");
    for (JsonNode instance : instances) {
      table.row(Units.text(instance.path("instance")), Units.text(instance.path("connector")), Units.text(instance.path("version")),
          Units.text(instance.path("state")), String.join(", ", texts(instance.path("capabilities"))), number(instance.path("tables")),
          number(instance.path("rows")), lastRun(instance.path("lastRun")),
          Units.text(instance.path("nextRun")), sentence(Units.text(instance.path("reason")), Units.text(instance.path("remedy"))));
    }
    console.print(table.toString());
  }

  static void files(Console console, JsonNode files) {
    if (files.isEmpty()) {
      console.say("No file in the deploy folder");
      return;
    }
    TextTable table = new TextTable().column("file").column("state").column("bundle").column("version").column("reason");
    for (JsonNode file : files) {
      table.row(Units.text(file.path("file")), Units.text(file.path("state")), Units.text(file.path("bundle")),
          Units.text(file.path("version")), Units.text(file.path("reason")) + Units.text(file.path("note")));
    }
    console.print(table.toString());
  }

  static void runs(Console console, JsonNode runs) {
    TextTable table = new TextTable().column("run").column("instance").column("trigger").column("started").number("seconds")
        .column("outcome").number("rows").number("size").column("failed tables");
    for (JsonNode run : runs) {
      table.row(Units.text(run.path("run")), Units.text(run.path("instance")), Units.text(run.path("trigger")),
          Units.text(run.path("startedAt")), Units.seconds(run.path("seconds")), Units.text(run.path("outcome")), number(run.path("rows")),
          Units.bytes(run.path("bytes").asLong()), String.join(", ", failed(run.path("tables"))));
    }
    console.print(table.toString());
  }

  /** One line per table of a run. */
  static void runTables(Console console, JsonNode run) {
    TextTable table = new TextTable().column("table").column("outcome").column("mode").number("rows").number("deleted").number("size")
        .number("seconds").column("watermark").column("remarks");
    for (JsonNode each : run.path("tables")) {
      table.row(Units.text(each.path("table")), Units.text(each.path("outcome")), Units.text(each.path("mode")), number(each.path("rows")),
          number(each.path("deleted")), Units.bytes(each.path("bytes").asLong()), Units.seconds(each.path("seconds")),
          Units.text(each.path("watermarkAfter")), remarks(each));
    }
    console.print(table.toString());
  }

  /** How far a connector has come, in units of its own. */
  static String work(JsonNode event) {
    long expected = event.path("expected").asLong();
    return "step " + event.path("done").asLong() + (expected > 0 ? " of " + expected : "");
  }

  /** What there is to say of a table in a run beside the figures. */
  static String remarks(JsonNode table) {
    return Stream.of(Stream.of(Units.text(table.path("error")), Units.text(table.path("note"))), texts(table.path("schemaChanges")).stream())
        .flatMap(each -> each).filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
  }

  /** Published tables and from where their next runs go on. */
  static void state(Console console, JsonNode tables) {
    if (tables.isEmpty()) {
      console.say("Nothing is published yet");
      return;
    }
    TextTable text = new TextTable().column("table").column("strategy").column("watermark").column("kind").column("last full read")
        .column("last read").number("rows").number("data files").number("delete files").number("size");
    for (JsonNode table : tables) {
      text.row(Units.text(table.path("table")), Units.text(table.path("strategy")), watermark(table), Units.text(table.path("watermarkKind")),
          Units.text(table.path("refreshedAt")), Units.text(table.path("readAt")), number(table.path("rows")), number(table.path("dataFiles")),
          number(table.path("deleteFiles")), Units.bytes(table.path("bytes").asLong()));
    }
    console.print(text.toString());
  }

  private static String watermark(JsonNode table) {
    String watermark = Units.text(table.path("watermark"));
    if (!watermark.isEmpty()) {
      return watermark;
    }
    return Units.text(table.path("resetAt")).isEmpty() ? "none: full read" : "reset: full read";
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static List<String> failed(JsonNode tables) {
    List<String> names = new ArrayList<>();
    tables.forEach(table -> {
      if ("FAILED".equals(table.path("outcome").asText())) {
        names.add(table.path("table").asText());
      }
    });
    return names;
  }

  private static String lastRun(JsonNode run) {
    return run.isObject() ? Units.text(run.path("outcome")) + " " + Units.text(run.path("startedAt")) : "";
  }

  private static String sentence(String reason, String remedy) {
    return (reason + (reason.isEmpty() || remedy.isEmpty() ? "" : ". ") + remedy).strip();
  }

  private static String number(JsonNode number) {
    return number.isNumber() ? Units.number(number.asLong()) : "";
  }
}
