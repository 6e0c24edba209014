package io.connectorkit.itests.baseline;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** What bnd compares of an API, as text: one line per element, {@code TYPE ADDED REMOVED name}, indented by its depth. */
final class ApiListing {

  private ApiListing() {}

  static String write(Tree api) {
    StringBuilder text = new StringBuilder();
    write(api.serialize(), 0, text);
    return text.toString();
  }

  private static void write(Tree.Data element, int depth, StringBuilder text) {
    text.append("  ".repeat(depth)).append(element.type).append(' ').append(element.add).append(' ').append(element.rem).append(' ')
        .append(element.name).append('\n');
    for (Tree.Data child : children(element)) {
      write(child, depth + 1, text);
    }
  }

  private static List<Tree.Data> children(Tree.Data element) {
    return element.children == null ? List.of() : Arrays.asList(element.children);
  }

  /** The first element and all that is below it; lines that begin with # are remarks. */
  static Tree read(String text) throws Exception {
    Deque<Tree.Data> path = new ArrayDeque<>();
    Deque<List<Tree.Data>> siblings = new ArrayDeque<>(List.of(new ArrayList<>()));
    for (String line : text.lines().filter(each -> !each.isBlank() && !each.startsWith("#")).toList()) {
      int depth = (line.length() - line.stripLeading().length()) / 2;
      while (path.size() > depth) {
        path.pop().children = siblings.pop().toArray(Tree.Data[]::new);
      }
      String[] words = line.strip().split(" ", 4);
      Tree.Data element = new Tree.Data();
      element.type = Type.valueOf(words[0]);
      element.add = Delta.valueOf(words[1]);
      element.rem = Delta.valueOf(words[2]);
      element.name = words[3];
      siblings.peek().add(element);
      path.push(element);
      siblings.push(new ArrayList<>());
    }
    while (!path.isEmpty()) {
      path.pop().children = siblings.pop().toArray(Tree.Data[]::new);
    }
    return new DiffPluginImpl().deserialize(siblings.pop().get(0));
  }
}
