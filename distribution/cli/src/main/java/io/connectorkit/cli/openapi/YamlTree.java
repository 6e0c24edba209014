package io.connectorkit.cli.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as JSON has it: the types of JSON and no other, aliases laid out up to a limit. */
final class YamlTree {

  private static final int MOST_NODES = 2_000_000;

  private int nodes;

  private YamlTree() {}

  /** Only what JSON has: a date stays a text, and so does 'no'. */
  private static final class JsonTypes extends Resolver {

    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
      addImplicitResolver(Tag.INT, Pattern.compile("-?(?:0|[1-9][0-9]{0,17})"), "-0123456789");
      addImplicitResolver(Tag.FLOAT, Pattern.compile("-?(?:0|[1-9][0-9]{0,17})(?:\\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,2})?"), "-0123456789");
      addImplicitResolver(Tag.NULL, Pattern.compile("~|null"), "~n");
      addImplicitResolver(Tag.NULL, EMPTY, null);
      addImplicitResolver(Tag.MERGE, Pattern.compile("<<"), "<");
    }
  }

  static JsonNode read(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(text.length() + 1);
    options.setNestingDepthLimit(Document.DEEPEST);
    DumperOptions unused = new DumperOptions();
    Object document = new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, new JsonTypes()).load(text);
    return new YamlTree().node(document, 0);
  }

  private JsonNode node(Object value, int depth) {
    if (depth > Document.DEEPEST || ++nodes > MOST_NODES) {
      throw new InvalidDocument("is too deep, or too large once its aliases are laid out");
    }
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = json.objectNode();
      map.forEach((key, each) -> object.set(String.valueOf(key), node(each, depth + 1)));
      return object;
    }
    if (value instanceof List<?> list) {
      var array = json.arrayNode();
      list.forEach(each -> array.add(node(each, depth + 1)));
      return array;
    }
    if (value instanceof Boolean flag) {
      return json.booleanNode(flag);
    }
    if (value instanceof Integer number) {
      return json.numberNode(number);
    }
    if (value instanceof Number) {
      return json.numberNode(new BigDecimal(value.toString()));
    }
    return value == null ? json.nullNode() : json.textNode(value.toString());
  }
}
