package io.connectorkit.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.Capability;
import io.connectorkit.api.Connector;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Streams;
import io.connectorkit.api.Writes;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A13, A14: header, YAML and class name the same capabilities, each of the five. */
class DeclarationTest {

  private static final Map<Capability, Class<?>> INTERFACES = Map.of(Capability.DISCOVER, Discovers.class, Capability.READ, Reads.class,
      Capability.STREAM, Streams.class, Capability.REMOTE, AttachesRemote.class, Capability.WRITE, Writes.class);

  private static List<String> labels(Capability... without) {
    return Arrays.stream(Capability.values()).filter(each -> !List.of(without).contains(each)).map(Capability::label).toList();
  }

  private static Declaration declaration(List<String> header, List<String> yaml) {
    String document = "name: acme\nversion: \"1.0.0\"\ncapabilities: " + yaml + "\n";
    return Declaration.of("acme.jar", List.of(Map.of("connectorkit.connector", "acme", "version", "1.0.0", "capabilities", header)),
        new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
  }

  private static Connector connector(Stream<Class<?>> interfaces) {
    return (Connector) Proxy.newProxyInstance(DeclarationTest.class.getClassLoader(), interfaces.toArray(Class[]::new), (proxy, method, args) -> null);
  }

  private static String refusal(Runnable check) {
    String message = assertThrows(DeclarationException.class, check::run).getMessage();
    assertEquals(1, message.lines().count());
    return message;
  }

  @Test
  void aConnectorOfAllFiveAgrees() {
    Declaration all = declaration(labels(), labels());
    assertEquals(5, all.capabilities().size());
    all.check(connector(INTERFACES.values().stream()), "acme.jar");
  }

  @ParameterizedTest
  @EnumSource(Capability.class)
  void oneThatHeaderOrYamlLeavesOutIsADifference(Capability capability) {
    for (String message : List.of(refusal(() -> declaration(labels(), labels(capability))), refusal(() -> declaration(labels(capability), labels())))) {
      assertTrue(message.startsWith("KIT-1012") && message.contains("[discover, read, remote, stream, write]")
          && message.contains(labels(capability).stream().sorted().toList().toString()), message);
    }
  }

  @ParameterizedTest
  @EnumSource(Capability.class)
  void oneThatTheClassHasMoreOrLessIsADifference(Capability capability) {
    String boasted = refusal(() -> declaration(labels(), labels()).check(
        connector(INTERFACES.entrySet().stream().filter(each -> each.getKey() != capability).map(Map.Entry::getValue)), "acme.jar"));
    String hidden = refusal(() -> declaration(labels(capability), labels(capability)).check(connector(INTERFACES.values().stream()), "acme.jar"));
    assertTrue(boasted.startsWith("KIT-1012") && boasted.contains("declared capabilities [discover, read, remote, stream, write]"), boasted);
    assertTrue(hidden.startsWith("KIT-1012") && hidden.contains("implemented ones [discover, read, remote, stream, write]"), hidden);
  }

  @Test
  void aCapabilityThatNobodyKnowsIsRefused() {
    String message = refusal(() -> declaration(List.of("read", "teleport"), List.of("read", "teleport")));
    assertTrue(message.startsWith("KIT-2002") && message.contains("unknown capability 'teleport'"), message);
  }
}
