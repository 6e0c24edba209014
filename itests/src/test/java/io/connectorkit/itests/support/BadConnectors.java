package io.connectorkit.itests.support;

import io.connectorkit.itests.scripted.Gate;
import io.connectorkit.itests.scripted.MisbehavingActivator;
import io.connectorkit.itests.scripted.MisbehavingConnector;
import io.connectorkit.itests.scripted.Misdeed;
import io.connectorkit.itests.support.HostileFile.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bundles that the gate lets through, since only their code is bad. */
final class BadConnectors {

  private static final String COMPONENT = "OSGI-INF/connector.xml";
  private static final List<Class<?>> CLASSES =
      List.of(MisbehavingConnector.class, MisbehavingConnector.Unfinished.class, Misdeed.class, Misdeed.Mute.class, Gate.class);

  private BadConnectors() {}

  static List<HostileFile> activators() {
    return List.of(
        activator("throws", "throw", "IllegalStateException: not in the activator"),
        activator("exits", "exit", "KIT-1040", "calls System.exit"),
        activator("halts", "halt", "KIT-1040", "calls Runtime.halt"),
        activator("hangs", "hang", "hangs in its activator"),
        activator("recurses", "recurse", "StackOverflowError"),
        activator("greedy", "memory", "OutOfMemoryError: of the activator"),
        activator("mute", "mute", "Misdeed$Mute"),
        activator("long", "long", "IllegalStateException: xxx"),
        activator("lines", "lines", "IllegalStateException: one two"),
        activator("circle", "circle", "IllegalStateException: one"),
        activator("threads", "threads", "1000 threads go on"),
        activator("heap", "heap", "50 MiB are not enough"),
        HostileFile.of("activator_nowhere.jar", Verdict.FAILED, file -> connector("activator_nowhere", "", "")
            .header("Bundle-Activator", "com.nowhere.Activator").writeTo(file), "KIT-1007", "com.nowhere.Activator"));
  }

  static List<HostileFile> components() {
    return List.of(
        component("none", jar -> jar.header("Service-Component", "OSGI-INF/none.xml"), "has no component"),
        component("prose", jar -> jar.entry(COMPONENT, "Please make my component"), "has no component"),
        component("entities", jar -> jar.entry(COMPONENT, entities()), "has no component"),
        component("nowhere", jar -> jar.entry(COMPONENT, described("com.nowhere.Connector")), "ClassNotFoundException: com.nowhere.Connector"),
        component("abstract", jar -> jar.entry(COMPONENT, described(MisbehavingConnector.Unfinished.class.getName())), "InstantiationException"),
        component("stranger", jar -> jar.entry(COMPONENT, described(Misdeed.Mute.class.getName())),
            "Misdeed$Mute is no io.connectorkit.api.Connector"),
        constructor("throws", "throw", "not in the constructor"),
        constructor("halts", "halt", "KIT-1040"),
        constructor("hangs", "hang", "has not returned within"),
        constructor("recurses", "recurse", "StackOverflowError"),
        constructor("mute", "mute", "Mute"),
        constructor("long", "long", "IllegalStateException: xxx"),
        constructor("lines", "lines", "IllegalStateException: one"),
        constructor("circle", "circle", "IllegalStateException: "),
        bad("initialiser_throws", Verdict.NOT_READY, "initialiser", "throw", "KIT-1014", "not in the initialiser"),
        bad("initialiser_exits", Verdict.NOT_READY, "initialiser", "exit", "KIT-1014", "KIT-1040"));
  }

  /** One of them tries to hold up whoever watches over the reads, which come next. */
  static List<HostileFile> discoveries(Path gate) {
    return List.of(
        HostileFile.of("rows_cancel.jar", Verdict.RUN_FAILED, file -> connector("rows_cancel", "rows", "cancel", "gate=" + gate).writeTo(file),
            "KIT-3014", "read() has not returned"),
        discovery("throws", "throw", "not in the discovery"),
        discovery("exits", "exit", "KIT-1040"),
        discovery("greedy", "memory", "OutOfMemoryError: of the discovery"),
        discovery("mute", "mute", "Misdeed$Mute"),
        discovery("long", "long", "IllegalStateException: xxx"),
        discovery("lines", "lines", "one two", "three"),
        discovery("circle", "circle", "IllegalStateException: one"),
        bad("discovery_hangs", Verdict.RUN_FAILED, "discovery", "hang", "KIT-3014", "has not answered within"),
        bad("tables_null", Verdict.RUN_FAILED, "tables", "null", "KIT-3003", "answered null"),
        bad("tables_one_null", Verdict.RUN_FAILED, "tables", "one null", "KIT-3003", "a table that is null"),
        bad("tables_one_name", Verdict.RUN_FAILED, "tables", "one name", "KIT-3007", "view 't' already belongs to 'one'"),
        bad("tables_hollow", Verdict.RUN_FAILED, "tables", "hollow", "KIT-3003", "no table is left"));
  }

  static List<HostileFile> reads(Path gate, Path noLibrary) {
    return List.of(
        read("throws", "throw", "not in the read"),
        bad("read_exits", Verdict.RUN_FAILED, "read", "exit", "KIT-1040"),
        read("greedy", "memory", "OutOfMemoryError: of the read"),
        read("recurses", "recurse", "StackOverflowError"),
        read("mute", "mute", "Misdeed$Mute"),
        read("long", "long", "IllegalStateException: xxx"),
        read("lines", "lines", "one two", "three"),
        read("circle", "circle", "IllegalStateException: one"),
        read("heap", "heap", "50 MiB are not enough"),
        HostileFile.of("read_native.jar", Verdict.RUN_SAYS, file -> connector("read_native", "read", "native", "library=" + noLibrary)
            .writeTo(file), "UnsatisfiedLinkError"),
        HostileFile.of("read_deaf.jar", Verdict.RUN_FAILED, file -> connector("read_deaf", "read", "deaf", "gate=" + gate).writeTo(file),
            "KIT-3014", "read() has not returned"),
        bad("rows_threads", Verdict.RUN_FAILED, "rows", "threads", "KIT-3030", "where 10 are allowed"),
        bad("rows_memory", Verdict.RUN_FAILED, "rows", "memory", "KIT-3031", "24 MiB"),
        bad("rows_null", Verdict.RUN_FAILED, "rows", "null", "KIT-3027", "read() with null"),
        bad("rows_sql", Verdict.RUN_SAYS, "rows", "sql", "syntax error at or near"));
  }

  /** A connector that is somebody else's, by its name. */
  static HostileFile impostor(String name) {
    return HostileFile.of("itests.impostor.jar", Verdict.NOT_READY, file -> connector(name, "", "").header("Bundle-SymbolicName", "itests.impostor")
        .writeTo(file), "KIT-1013", "connector '" + name + "' is already provided by itests." + name);
  }

  private static HostileFile activator(String name, String does, String... words) {
    return bad("activator_" + name, Verdict.FAILED, "activator", does, with("KIT-1007", words));
  }

  private static HostileFile constructor(String name, String does, String... words) {
    return bad("constructor_" + name, Verdict.NOT_READY, "constructor", does, with("KIT-1014", words));
  }

  private static HostileFile discovery(String name, String does, String... words) {
    return bad("discovery_" + name, Verdict.RUN_FAILED, "discovery", does, with("KIT-3003", words));
  }

  private static HostileFile read(String name, String does, String... words) {
    return bad("read_" + name, Verdict.RUN_SAYS, "read", does, words);
  }

  private static HostileFile component(String name, UnaryOperator<ConnectorJar> change, String... words) {
    return HostileFile.of("component_" + name + ".jar", Verdict.NOT_READY, file -> change.apply(connector("component_" + name, "", ""))
        .writeTo(file), with("KIT-1014", words));
  }

  private static HostileFile bad(String name, Verdict verdict, String at, String does, String... words) {
    return HostileFile.of(name + ".jar", verdict, file -> {
      ConnectorJar jar = connector(name, at, does);
      (at.equals("activator") ? jar.header("Bundle-Activator", MisbehavingActivator.class.getName()) : jar).writeTo(file);
    }, words);
  }

  private static ConnectorJar connector(String name, String at, String does, String... more) {
    List<Class<?>> classes = new ArrayList<>(CLASSES);
    classes.add(MisbehavingActivator.class);
    classes.addAll(List.of(MisbehavingConnector.class.getDeclaredClasses()).stream().filter(type -> !classes.contains(type)).toList());
    return ConnectorJar.of(name, "1.0.0").implementation(classes).imports("org.osgi.framework;version=\"[1.9,2)\"")
        .yaml("name: " + name + "\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n")
        .entry("misdeed", "at=" + at + "\ndoes=" + does + "\n" + String.join("\n", more));
  }

  private static String described(String type) {
    return "<component xmlns=\"http://www.osgi.org/xmlns/scr/v1.4.0\" name=\"bad\"><property name=\"connectorkit.name\" value=\"bad\"/>"
        + "<service><provide interface=\"io.connectorkit.api.Connector\"/></service><implementation class=\"" + type + "\"/></component>";
  }

  private static String entities() {
    return "<?xml version=\"1.0\"?><!DOCTYPE component [<!ENTITY e0 \"" + "e".repeat(1000) + "\">" + IntStream.range(1, 20)
        .mapToObj(i -> "<!ENTITY e%1$d \"%2$s\">".formatted(i, ("&e" + (i - 1) + ";").repeat(10))).collect(Collectors.joining())
        + "]>" + described("&e19;");
  }

  private static String[] with(String first, String... words) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }
}
