package io.connectorkit.declaration;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Which plain words are no text, by the core schema of YAML 1.2: those of YAML 1.1 make 'no' a boolean, 007 seven, 10:30 a number and 2026-01-01
 * a moment. A number that would lose digits stays a text.
 */
final class CoreSchema extends Resolver {

  private static final Pattern WORDS = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9]{0,17})");
  private static final Pattern BROKEN =
      Pattern.compile("[-+]?(?:0|[1-9][0-9]{0,17})(?:\\.[0-9]{1,18}(?:[eE][-+]?[0-9]{1,2})?|[eE][-+]?[0-9]{1,2})");
  private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL");
  private static final Pattern MERGED = Pattern.compile("<<");

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.BOOL, WORDS, "tTfF");
    addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
    addImplicitResolver(Tag.FLOAT, BROKEN, "-+0123456789");
    addImplicitResolver(Tag.MERGE, MERGED, "<");
    addImplicitResolver(Tag.NULL, NOTHING, "~nN");
    addImplicitResolver(Tag.NULL, EMPTY, null);
  }
}
