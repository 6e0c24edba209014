package io.connectorkit.runtime.internal.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Capability;
import io.connectorkit.api.Connector;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Settings;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.declaration.WebhookSection;
import io.connectorkit.runtime.internal.config.InstanceConfig;
import io.connectorkit.runtime.internal.config.InstanceFile;
import io.connectorkit.runtime.internal.config.Secrets;
import io.connectorkit.runtime.internal.config.Writable;
import io.connectorkit.runtime.internal.registry.Instance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InstanceScopeTest {

  private final InstanceScope scope = new InstanceScope(instance());

  private static Instance instance() {
    ConnectorYaml yaml = new ConnectorYaml("c", "1.0.0", "", Set.of(Capability.READ), List.of(), Map.of(), Optional.empty(),
        Optional.empty(), WebhookSection.USUAL);
    InstanceFile file = new InstanceFile("i", null, "c", Map.of(), List.of(), Optional.empty(), new Writable(false, List.of()), Optional.empty());
    return new Instance(new Declaration("c", "1.0.0", yaml.capabilities(), yaml), new Connector() {}, null, "",
        new InstanceConfig(file, new Settings(Map.of()), List.of(), List.of(), ""), new Secrets(Map.of()));
  }

  @Test
  void allCallsGetTheSameObject() {
    AtomicInteger made = new AtomicInteger();
    List<CompletableFuture<AutoCloseable>> calls = Stream.generate(() -> CompletableFuture.supplyAsync(() -> scope.<AutoCloseable>shared("a", () -> {
      made.incrementAndGet();
      return () -> {};
    }))).limit(16).toList();
    calls.forEach(call -> assertSame(calls.get(0).join(), call.join()));
    assertEquals(1, made.get());
  }

  @Test
  void aFactoryThatFailsIsAskedAgain() {
    ConnectorException failure = assertThrows(ConnectorException.class, () -> scope.shared("a", () -> {
      throw new IOException("no route");
    }));
    assertTrue(failure.getMessage().contains("'a' cannot be made") && failure.getMessage().contains("no route"), failure.getMessage());
    assertThrows(IllegalStateException.class, () -> scope.shared("a", () -> {
      throw new IllegalStateException("own");
    }));
    assertThrows(ConnectorException.class, () -> scope.shared("a", () -> null));
    AutoCloseable value = () -> {};
    assertSame(value, scope.shared("a", () -> value));
  }

  @Test
  void everythingIsClosedAlsoIfOneOfThemCannotBe() {
    List<String> closed = new ArrayList<>();
    scope.shared("a", () -> () -> {
      throw new IOException("stuck");
    });
    scope.shared("b", () -> () -> closed.add("b"));
    scope.shared("c", () -> () -> closed.add("c"));
    scope.close();
    assertEquals(Set.of("b", "c"), Set.copyOf(closed));
    scope.close();
    assertEquals(2, closed.size());
    assertThrows(CancellationException.class, () -> scope.shared("d", () -> () -> {}));
  }

  @Test
  void whoWaitsForTheFactoryOfAnotherCanBeInterrupted() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<AutoCloseable> first = CompletableFuture.supplyAsync(() -> scope.<AutoCloseable>shared("a", () -> {
      making.countDown();
      release.await();
      return () -> {};
    }));
    making.await();
    CompletableFuture<Throwable> second = new CompletableFuture<>();
    Thread waiting = new Thread(() -> second.complete(assertThrows(CancellationException.class, () -> scope.shared("a", () -> () -> {}))));
    waiting.start();
    waiting.interrupt();
    assertEquals(CancellationException.class, second.join().getClass());
    release.countDown();
    first.join();
  }
}
