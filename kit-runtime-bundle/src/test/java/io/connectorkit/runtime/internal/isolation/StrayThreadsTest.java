package io.connectorkit.runtime.internal.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.runtime.internal.isolation.ConnectorThread.Kind;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrayThreadsTest {

  private final PrivateLoader loader = new PrivateLoader(Leaver.class, (name, code) -> code);
  private final ConnectorLoader connector = new ConnectorLoader(loader);

  private Thread leave(String what) throws Exception {
    Method method = Class.forName(Leaver.class.getName(), true, loader).getDeclaredMethod(what);
    method.setAccessible(true);
    Supplier<?> thread = (Supplier<?>) method.invoke(null);
    return assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
      while (thread.get() == null) {
        Thread.onSpinWait();
      }
      return (Thread) thread.get();
    });
  }

  /** None of these has the connector's context class loader: it was made while the component was. */
  @ParameterizedTest
  @CsvSource({"thread, interrupted", "timer, timer cancelled", "pool, executor shut down"})
  void aThreadOfTheConnectorIsFoundByItsTasksAndEnded(String what, String done) throws Exception {
    Thread thread = leave(what);
    assertEquals(List.of(thread), ConnectorThread.own(loader));
    assertEquals(List.of("thread '" + thread.getName() + "' (" + done + ", ended)"), StrayThreads.end(connector));
    assertEquals(Thread.State.TERMINATED, thread.getState());
    assertEquals(List.of(), StrayThreads.end(connector));
  }

  /** What the host started to call the connector does not count as the connector's, and is named all the same. */
  @Test
  void aThreadOfTheHostIsToldApart() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread host = new Thread(() -> {
      while (end.getCount() > 0) {
        Thread.onSpinWait();
      }
    }, "caller") {
      @Override
      public ClassLoader getContextClassLoader() {
        return loader;
      }
    };
    Thread other = new Thread(() -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }, "bystander");
    host.start();
    other.start();
    try {
      assertEquals(List.of(Kind.HOST), ConnectorThread.of(connector).stream().map(ConnectorThread::kind).toList());
      assertEquals(List.of(), ConnectorThread.own(loader));
      String told = StrayThreads.end(connector).toString();
      assertTrue(told.matches("\\[thread 'caller' \\(interrupted, still running at .*StrayThreadsTest.*: restart the host to be rid of it\\)]"), told);
      assertTrue(other.isAlive() && !other.isInterrupted());
    } finally {
      end.countDown();
      host.join();
      other.join();
    }
  }

  @Test
  void aThreadLocalIsRemovedFromTheThreadThatGoesOn() throws Exception {
    ThreadLocal<String> mine = ThreadLocal.withInitial(() -> "mine");
    mine.set("kept");
    leave("local");
    assertEquals(List.of("thread local of type " + Leaver.class.getName() + " in thread '" + Thread.currentThread().getName() + "' (removed)"),
        ThreadLocalValues.remove(connector));
    assertEquals(List.of(), ThreadLocalValues.remove(connector));
    assertEquals("kept", mine.get());
  }

  /** Without the flag for a package there is less to be found, and no failure. */
  @Test
  void whatTheJvmDoesNotOpenIsNotSeen() {
    assertNull(Inside.of("java.security.Security", "props"));
    assertNull(Inside.of("acme.Nowhere", "field"));
    assertNull(Inside.of(new Object(), "field"));
  }
}
