package io.connectorkit.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a new connector has besides discovering and reading: an interface, a method, and a table that can be used that way. */
final class CapabilityParts {

  /** The interface of each, in the order in which they are implemented. */
  static final Map<String, String> INTERFACES = new LinkedHashMap<>();

  static {
    INTERFACES.put("stream", "Streams");
    INTERFACES.put("remote", "AttachesRemote");
    INTERFACES.put("write", "Writes");
  }

  private final List<String> wanted;
  private final Function<String, String> parts;

  /**
   * Those that are wanted.
   *
   * @param parts gives the text of a file; empty if there is none
   */
  CapabilityParts(Set<String> wanted, Function<String, String> parts) {
    this.wanted = INTERFACES.keySet().stream().filter(wanted::contains).toList();
    this.parts = parts;
  }

  /** A file of the project with these parts in it. */
  String in(String path, String text) {
    if (wanted.isEmpty()) {
      return text;
    }
    if (path.endsWith("connector.yaml")) {
      return text.replace("[discover, read]", "[discover, read, " + String.join(", ", wanted) + "]");
    }
    if (path.endsWith("ContractTest.java")) {
      return with(text, "-test");
    }
    return path.endsWith("Connector.java") ? connector(with(text, "")) : text;
  }

  private String connector(String text) {
    String constants = wanted.stream().map(each -> each.toUpperCase(Locale.ROOT)).collect(Collectors.joining(", "));
    String interfaces = wanted.stream().map(INTERFACES::get).collect(Collectors.joining(", "));
    String declared = text.replace("{DISCOVER, READ}", "{DISCOVER, READ, " + constants + "}")
        .replace("Discovers, Reads {", "Discovers, Reads, " + interfaces + " {");
    return can(can(declared, "customers", Set.of("remote")), "orders", Set.of("stream", "write"));
  }

  private String can(String text, String table, Set<String> capabilities) {
    String constants = wanted.stream().filter(capabilities::contains).map(each -> ", " + each.toUpperCase(Locale.ROOT)).collect(Collectors.joining());
    String begin = "TableInfo.table(\"" + table + "\")";
    return constants.isEmpty() ? text : text.replace(begin, begin + ".can(EnumSet.of(READ" + constants + "))");
  }

  /** Each part is lines of imports, an empty line, and what stands at the end of the class. */
  private String with(String text, String kind) {
    Set<String> imports = new TreeSet<>(text.lines().filter(line -> line.startsWith("import ")).toList());
    List<String> bodies = new ArrayList<>();
    for (String capability : wanted) {
      String part = parts.apply(capability + kind + ".java");
      part.lines().filter(line -> line.startsWith("import ")).forEach(imports::add);
      bodies.add(part.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n")));
    }
    String body = String.join("\n", bodies).stripTrailing();
    String sorted = Stream.of("import static ", "import (?!static )")
        .map(form -> imports.stream().filter(line -> line.matches(form + ".*")).collect(Collectors.joining("\n")))
        .filter(block -> !block.isEmpty()).collect(Collectors.joining("\n\n"));
    String head = text.substring(0, text.indexOf("import "));
    String rest = text.substring(text.lastIndexOf("\nimport ") + 1);
    return head + sorted + rest.substring(rest.indexOf('\n')).stripTrailing().replaceFirst("}$", "") + (body.isEmpty() ? "" : body + "\n") + "}\n";
  }
}
