package io.connectorkit.runtime.internal.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which run begins when. Whatever may begin leaves the queue within the call that lets it, so that a look at the queue tells at once. */
class RunQueueTest {

  private static final long ACME = 1;
  private static final long OTHER = 2;

  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final Map<String, CountDownLatch> ends = new HashMap<>();
  private final Map<String, CompletableFuture<Thread>> threads = new HashMap<>();
  private RunQueue queue = new RunQueue(100, 100);

  @AfterEach
  void endAll() {
    queue.close();
    ends.values().forEach(CountDownLatch::countDown);
  }

  private void submit(String run, String instance, long bundle) {
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    ends.put(run, end);
    threads.put(run, thread);
    queue.submit(new RunQueue.Entry(instance, bundle, () -> {
      thread.complete(Thread.currentThread());
      begun.add(run);
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }, () -> { }));
  }

  private void assertBegins(String run) throws InterruptedException {
    assertEquals(run, begun.poll(20, TimeUnit.SECONDS));
  }

  /** Ends a run and waits for its thread, which has let the next ones begin by then. */
  private void end(String run) throws Exception {
    ends.get(run).countDown();
    join(threads.get(run).get(20, TimeUnit.SECONDS));
  }

  private static void join(Thread thread) throws InterruptedException {
    thread.join(20_000);
    assertFalse(thread.isAlive());
  }

  @Test
  void anInstanceHasOneRunAtATimeAndTheyBeginInTheirOrder() throws Exception {
    submit("first", "a", ACME);
    submit("second", "a", ACME);
    submit("third", "a", ACME);
    assertBegins("first");
    assertTrue(queue.waits("a"));
    end("first");
    assertBegins("second");
    assertTrue(queue.waits("a"));
    end("second");
    assertBegins("third");
    assertFalse(queue.waits("a"));
  }

  @Test
  void aConnectorHasABoundedNumberAndOthersPassItsRunsThatWait() throws Exception {
    queue = new RunQueue(100, 1);
    submit("a1", "a", ACME);
    assertBegins("a1");
    submit("b1", "b", ACME);
    assertTrue(queue.waits("b"));
    submit("c1", "c", OTHER);
    assertBegins("c1");
    end("c1");
    assertTrue(queue.waits("b"), "the end of another's run is not its turn");
    end("a1");
    assertBegins("b1");
  }

  @Test
  void theHostHasABoundedNumberAndWhoComesFirstIsServedFirst() throws Exception {
    queue = new RunQueue(2, 100);
    submit("a1", "a", ACME);
    assertBegins("a1");
    submit("b1", "b", OTHER);
    assertBegins("b1");
    submit("c1", "c", ACME);
    submit("d1", "d", OTHER);
    assertTrue(queue.waits("c") && queue.waits("d"));
    end("b1");
    assertBegins("c1");
    assertTrue(queue.waits("d"));
    end("a1");
    assertBegins("d1");
  }

  @Test
  void aBundleThatIsHeldBeginsNothingUntilItIsReleasedAsOften() throws Exception {
    queue.hold(ACME);
    queue.hold(ACME);
    submit("a1", "a", ACME);
    submit("b1", "b", OTHER);
    assertBegins("b1");
    assertTrue(queue.waits("a"));
    queue.release(ACME);
    assertTrue(queue.waits("a"), "somebody else holds it still");
    queue.release(ACME);
    assertBegins("a1");
    queue.release(ACME);
    submit("c1", "c", ACME);
    assertBegins("c1");
    queue.hold(OTHER);
    assertFalse(queue.waits("b"), "what has begun is not held");
  }

  @Test
  void aRunThatThrowsGivesItsPlaceBack() throws Exception {
    queue = new RunQueue(1, 1);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    submit("first", "a", ACME);
    queue.submit(new RunQueue.Entry("a", ACME, () -> {
      Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> thrown.complete(error));
      throw new StackOverflowError("as if");
    }, () -> { }));
    submit("last", "a", ACME);
    assertBegins("first");
    end("first");
    assertEquals(StackOverflowError.class, thrown.get(20, TimeUnit.SECONDS).getClass());
    assertBegins("last");
  }

  /** Who asks is told of a run from its submission to its end, without a gap in which its thread is about to begin. */
  @Test
  void aRunWaitsOrHasItsTurnUntilWhatComesAfterIt() throws Exception {
    CompletableFuture<Boolean> after = new CompletableFuture<>();
    CountDownLatch work = new CountDownLatch(1);
    queue.hold(ACME);
    queue.submit(new RunQueue.Entry("a", ACME, () -> {
      try {
        work.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }, () -> after.complete(queue.runs("a"))));
    assertTrue(queue.waits("a") && !queue.runs("a"));
    queue.release(ACME);
    assertTrue(!queue.waits("a") && queue.runs("a"), "although its thread may not have begun");
    work.countDown();
    assertFalse(after.get(20, TimeUnit.SECONDS));
  }

  @Test
  void eachRunHasAThreadOfItsOwn() throws Exception {
    submit("first", "a", ACME);
    assertBegins("first");
    Thread first = threads.get("first").get();
    assertEquals("kit-run-a", first.getName());
    assertTrue(first.isDaemon());
    submit("second", "a", ACME);
    end("first");
    assertBegins("second");
    assertFalse(first.isAlive());
  }

  @Test
  void aClosedQueueBeginsNothing() throws Exception {
    submit("first", "a", ACME);
    submit("second", "a", ACME);
    assertBegins("first");
    queue.close();
    assertFalse(queue.waits("a"));
    submit("third", "b", ACME);
    assertTrue(queue.waits("b"));
    end("first");
    assertTrue(queue.waits("b") && begun.isEmpty());
  }
}
