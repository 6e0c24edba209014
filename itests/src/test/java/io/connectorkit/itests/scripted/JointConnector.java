package io.connectorkit.itests.scripted;

import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.JointRead;
import io.connectorkit.api.ReadsTogether;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import io.connectorkit.api.Watermark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One walk over tickets for three tables. Each line of its script is a step of the walk: {@code issue KEY DAY TEXT} with lines
 * {@code comment ID BODY} and {@code link TARGET} of that issue behind it, {@code gone KEY DAY}, or something that goes wrong.
 */
public final class JointConnector implements Discovers, ReadsTogether {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    TableInfo.Builder issues = TableInfo.table("issues").key("key").column("key", Types.text()).column("title", Types.text())
        .column("updated", Types.instant()).column("created", Types.date()).incrementalOn("updated");
    TableInfo.Builder comments = TableInfo.table("comments").key("id").column("id", Types.int64()).column("issue", Types.text())
        .column("body", Types.text());
    if (lines(context).contains("partitioned")) {
      issues.partitionedBy("created");
    }
    return List.of(issues.build(), comments.build(),
        TableInfo.table("links").column("issue", Types.text()).column("target", Types.text()).build());
  }

  private static List<String> lines(ConnectorContext context) {
    try {
      return Files.readAllLines(Path.of(context.settings().text("script")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant day(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }

  @Override
  public void readTogether(JointRead read) {
    note(read, "walk " + read.requests().stream().map(request -> request.table().viewName()).sorted().toList() + " from "
        + read.watermark().map(Watermark::text).orElse("the start"));
    List<String> lines = lines(read.context());
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).split(" ", 4);
      if (words[0].equals("issue") || words[0].equals("gone")) {
        int end = i + 1;
        while (end < lines.size() && lines.get(end).matches("(comment|link) .*")) {
          end++;
        }
        if (read.watermark().filter(from -> day(words[2]).isBefore((Instant) from.value())).isEmpty()) {
          read.accept(changes(words, lines.subList(i + 1, end)));
        }
      } else {
        step(read, words);
      }
    }
  }

  private static Changes changes(String[] issue, List<String> children) {
    Map<String, Object> scope = Map.of("issue", issue[1]);
    if (issue[0].equals("gone")) {
      return new Changes().delete("issues", Map.of("key", issue[1])).delete("comments", scope).delete("links", scope);
    }
    List<Map<String, Object>> comments = new ArrayList<>();
    List<Map<String, Object>> links = new ArrayList<>();
    for (String child : children) {
      String[] words = child.split(" ", 3);
      if (words[0].equals("comment")) {
        comments.add(Map.of("issue", issue[1], "id", words[1].equals("x") ? "x" : Long.valueOf(words[1]), "body", words[2]));
      } else {
        links.add(Map.of("issue", issue[1], "target", words[1]));
      }
    }
    Map<String, Object> row = new HashMap<>(Map.of("key", issue[1], "updated", day(issue[2]), "title", issue[3]));
    row.put("created", issue[1].matches("\\d+-.*") ? day("2026-" + issue[1].substring(0, 2) + "-15").atZone(ZoneOffset.UTC).toLocalDate() : null);
    return new Changes().upsert("issues", row).replace("comments", scope, comments).replace("links", scope, links);
  }

  private static void step(JointRead read, String[] words) {
    switch (words[0]) {
      case "up" -> read.giveUp(words[1], ConnectorException.permanent("unknown is not empty", null));
      case "end" -> read.endAt(new Watermark(day(words[1])));
      case "fail" -> throw new IllegalStateException("the walk stumbled");
      case "once" -> {
        if (!Gate.passedOnce(words[1])) {
          throw ConnectorException.transientFailure("try again", Duration.ofMillis(10), null);
        }
      }
      case "gate" -> Gate.pass(Path.of(words[1]), read.context().cancellation());
      case "whole" -> {
        read.full("links");
        read.accept(new Changes().upsert("links", Map.of("issue", "whole", "target", words[1])));
      }
      case "many" -> many(read, Long.parseLong(words[1]));
      case "scope" -> read.accept(new Changes().delete("links", Map.of("colour", "red")));
      default -> Thread.onSpinWait();
    }
  }

  /** Rows in runs, so that one table waits long while the others fill. */
  private static void many(JointRead read, long rows) {
    for (long i = 0; i < rows; i++) {
      read.accept(new Changes().upsert("comments", Map.of("id", i, "issue", "many", "body", "text of " + i)));
    }
    for (long i = 0; i < rows; i++) {
      read.accept(new Changes().upsert("links", Map.of("issue", "many", "target", "t" + i)));
    }
  }

  private static void note(JointRead read, String line) {
    try {
      Path journal = Path.of(read.context().settings().text("script") + ".journal");
      List<String> lines = new ArrayList<>(Files.exists(journal) ? Files.readAllLines(journal) : List.of());
      lines.add(line);
      Files.write(journal, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
