package io.connectorkit.deployer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestFirstTest {

  private static final Jar ONE = Jars.of("a.jar", "1.0.0");
  private static final Jar TWO = Jars.of("a.jar", "2.0.0");
  private static final Jar THREE = Jars.of("a.jar", "3.0.0");

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final List<Optional<Jar>> done = new CopyOnWriteArrayList<>();
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore mayEnd = new Semaphore(0);
  private final AtomicInteger rests = new AtomicInteger();
  private final LatestFirst jars = new LatestFirst(threads, this::held, rests::incrementAndGet);

  @AfterEach
  void endTheThreads() {
    threads.shutdownNow();
  }

  private void held(Optional<Jar> jar) {
    done.add(jar);
    begun.release();
    mayEnd.acquireUninterruptibly();
  }

  private static void await(LatestFirst jars) throws Exception {
    jars.idle().get(20, TimeUnit.SECONDS);
  }

  @Test
  void nothingIsDoneUntilSomethingIsWanted() {
    assertTrue(jars.idle().isDone());
    assertEquals(Optional.empty(), jars.wanted());
    assertEquals(List.of(), done);
  }

  @Test
  void whatIsWantedMeanwhileIsPassedOverForWhatIsWantedLast() throws Exception {
    jars.want(Optional.of(ONE));
    begun.acquire();
    assertFalse(jars.outdated(ONE));
    jars.want(Optional.of(TWO));
    jars.want(Optional.empty());
    jars.want(Optional.of(THREE));
    assertTrue(jars.outdated(ONE));
    assertFalse(jars.outdated(THREE));
    assertEquals(Optional.of(THREE), jars.wanted());
    assertFalse(jars.idle().isDone());
    mayEnd.release(2);
    await(jars);
    assertEquals(List.of(Optional.of(ONE), Optional.of(THREE)), done);
    assertEquals(2, rests.get());
  }

  @Test
  void theSameOnceMoreIsDoneOnceMoreButDoesNotOutdateItself() throws Exception {
    jars.want(Optional.of(ONE));
    begun.acquire();
    jars.want(Optional.of(ONE));
    assertFalse(jars.outdated(ONE));
    mayEnd.release(2);
    await(jars);
    assertEquals(List.of(Optional.of(ONE), Optional.of(ONE)), done);
  }

  @Test
  void whatFailsIsLeftAndTheNextIsDone() throws Exception {
    LatestFirst failing = new LatestFirst(threads, jar -> {
      done.add(jar);
      throw new OutOfMemoryError("as if");
    }, () -> {
      throw new IllegalStateException("as if");
    });
    failing.want(Optional.of(ONE));
    await(failing);
    failing.want(Optional.of(TWO));
    await(failing);
    assertEquals(List.of(Optional.of(ONE), Optional.of(TWO)), done);
  }

  @Test
  void thereAreNeverTwoAtOnceAndTheLastIsNeverMissed() throws Exception {
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    LatestFirst busy = new LatestFirst(threads, jar -> {
      most.accumulateAndGet(working.incrementAndGet(), Math::max);
      done.add(jar);
      working.decrementAndGet();
    }, () -> {});
    for (int round = 0; round < 2_000; round++) {
      Optional<Jar> wanted = Optional.of(Jars.of("a.jar", "1.0." + round));
      busy.want(wanted);
      if (round % 3 == 0) {
        await(busy);
        assertEquals(wanted, done.get(done.size() - 1));
      }
    }
    await(busy);
    assertEquals("1.0.1999", done.get(done.size() - 1).orElseThrow().version().toString());
    assertEquals(1, most.get());
  }
}
