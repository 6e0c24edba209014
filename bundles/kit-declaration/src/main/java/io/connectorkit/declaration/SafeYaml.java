package io.connectorkit.declaration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads YAML that nobody vouches for: plain data only, and not too much of it. */
public final class SafeYaml {

  static final String CODE = "KIT-2001";
  private static final int MAX_BYTES = 256 * 1024;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private SafeYaml() {}

  /** The mapping in a document, with the line of each value. What is wrong goes to the problems; what could be read is returned. */
  public static YamlValue read(InputStream stream, Problems problems) {
    try {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        problems.add(CODE, 0, "larger than " + MAX_BYTES / 1024 + " KiB; make it smaller");
        return YamlValue.empty(0);
      }
      String text = text(bytes, problems);
      return text == null ? YamlValue.empty(0) : parse(text, problems);
    } catch (IOException e) {
      problems.add("KIT-2003", 0, "cannot be read (" + e.getClass().getSimpleName() + "); check the file and its permissions");
      return YamlValue.empty(0);
    }
  }

  private static String text(byte[] bytes, Problems problems) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer input = ByteBuffer.wrap(bytes);
    try {
      String text = decoder.decode(input).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      String before = new String(bytes, 0, input.position(), StandardCharsets.ISO_8859_1);
      problems.add(CODE, lineAt(before, before.length()), "no UTF-8 text; save the file as UTF-8");
      return null;
    }
  }

  private static int lineAt(String text, int offset) {
    return 1 + (int) text.codePoints().limit(offset).filter(c -> c == '\n').count();
  }

  private static YamlValue parse(String text, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(20);
    options.setNestingDepthLimit(20);
    options.setCodePointLimit(MAX_BYTES);
    try {
      Node document = new Composer(new ParserImpl(new StreamReader(text), options), new CoreSchema(), options).getSingleNode();
      if (document == null) {
        return YamlValue.empty(0);
      }
      if (document instanceof MappingNode) {
        return new YamlWalk(problems).value(document, document.getStartMark().getLine() + 1);
      }
      problems.add(CODE, document.getStartMark().getLine() + 1, "the document must be a mapping of keys to values, such as 'connector: files'");
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      problems.add(CODE, mark == null ? 0 : mark.getLine() + 1,
          (e.getContext() == null ? "" : printable(e.getContext()) + ": ") + printable(e.getProblem()) + remedy(text, mark));
    } catch (ReaderException e) {
      problems.add(CODE, lineAt(text, e.getPosition()), "character " + String.format("U+%04X", e.getCodePoint()) + " is not allowed; remove it");
    } catch (YAMLException | StackOverflowError e) {
      problems.add(CODE, 0, printable(e.getMessage()) + "; correct the YAML");
    }
    return YamlValue.empty(0);
  }

  /** A cron expression begins like an alias, which nobody would guess from what the parser says. */
  private static String remedy(String text, Mark mark) {
    String line = mark == null ? "" : text.lines().skip(mark.getLine()).findFirst().orElse("");
    return line.matches("[^#'\"]*:\\s+[*&%@`!].*") ? "; a value that begins with * or another sign must stand in quotes" : "; correct the YAML";
  }

  /** Without names of aliases and tags: one may be a password that begins with such a sign. */
  private static String printable(String message) {
    return String.valueOf(message).lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ")
        .replaceFirst("^(found undefined alias|Global tag is not allowed).*", "$1");
  }
}
