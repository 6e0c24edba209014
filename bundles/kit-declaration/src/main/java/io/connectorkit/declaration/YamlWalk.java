package io.connectorkit.declaration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** From the nodes of one document to values: no type but the plain ones is made, and an alias counts as often as it is used. */
final class YamlWalk {

  private static final int MAX_VALUES = 50_000;

  private final Problems problems;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int count;

  YamlWalk(Problems problems) {
    this.problems = problems;
  }

  /**
   * A node with all that is in it.
   *
   * @throws YAMLException if that is too much
   */
  YamlValue value(Node node, int line) {
    if (++count > MAX_VALUES) {
      throw new YAMLException("more than " + MAX_VALUES + " values");
    }
    if (!open.add(node)) {
      return wrong(line, "an alias stands for a part of itself");
    }
    try {
      if (node instanceof MappingNode mapping && node.getTag().equals(Tag.MAP)) {
        return mapping(mapping, line);
      }
      if (node instanceof SequenceNode sequence && node.getTag().equals(Tag.SEQ)) {
        return sequence(sequence, line);
      }
      return node instanceof ScalarNode scalar ? scalar(scalar, line) : strange(line);
    } finally {
      open.remove(node);
    }
  }

  private YamlValue mapping(MappingNode node, int line) {
    Map<String, YamlValue> entries = new LinkedHashMap<>();
    Map<String, YamlValue> merged = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      int at = line(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        wrong(at, "a key must be a text");
      } else if (key.getTag().equals(Tag.MERGE)) {
        merge(value(tuple.getValueNode(), at), merged);
      } else {
        YamlValue value = value(tuple.getValueNode(), at);
        YamlValue first = entries.putIfAbsent(key.getValue(), value);
        if (first != null) {
          wrong(at, "key " + Problems.quoted(key.getValue()) + " stands in line " + first.line() + " already; remove one of the two");
        }
      }
    }
    merged.forEach(entries::putIfAbsent);
    return new YamlValue(entries, "", line);
  }

  private void merge(YamlValue value, Map<String, YamlValue> merged) {
    List<YamlValue> sources = value.content() instanceof List ? value.elements() : List.of(value);
    for (YamlValue source : sources) {
      if (!(source.content() instanceof Map)) {
        wrong(value.line(), "'<<' takes a mapping, or a list of mappings");
      }
      source.entries().forEach(merged::putIfAbsent);
    }
  }

  private YamlValue sequence(SequenceNode node, int line) {
    List<YamlValue> elements = new ArrayList<>();
    for (Node each : node.getValue()) {
      YamlValue element = value(each, line(each));
      if (element.content() == null) {
        wrong(element.line(), "an element of the list is empty; leave it out");
      } else {
        elements.add(element);
      }
    }
    return new YamlValue(elements, "", line);
  }

  private YamlValue scalar(ScalarNode node, int line) {
    String text = node.getValue();
    Tag tag = node.getTag();
    try {
      if (tag.equals(Tag.STR)) {
        return new YamlValue(text, text, line);
      }
      if (tag.equals(Tag.NULL)) {
        return new YamlValue(null, text, line);
      }
      if (tag.equals(Tag.BOOL)) {
        return new YamlValue(Boolean.valueOf(text), text, line);
      }
      if (tag.equals(Tag.FLOAT)) {
        return new YamlValue(Double.valueOf(text), text, line);
      }
      if (tag.equals(Tag.INT)) {
        long number = Long.parseLong(text);
        return new YamlValue(number == (int) number ? (Object) (int) number : (Object) number, text, line);
      }
    } catch (NumberFormatException e) {
      return wrong(line, "what is marked as a number is none");
    }
    return strange(line);
  }

  /** Without the tag: it may be a password that begins with an exclamation mark. */
  private YamlValue strange(int line) {
    return wrong(line, "a tag is not allowed, since only plain data is read; remove it, or put a text that begins with ! in quotes");
  }

  private YamlValue wrong(int line, String text) {
    problems.add(SafeYaml.CODE, line, text);
    return new YamlValue(null, "", line);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
