package io.connectorkit.runtime.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoalescerTest {

  private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
  private final AtomicInteger changes = new AtomicInteger();
  private final Semaphore answers = new Semaphore(0);
  private volatile int answered;

  @AfterEach
  void endTheThread() {
    thread.shutdownNow();
  }

  private void answer() {
    answered = changes.get();
    answers.release();
  }

  private void awaitAnswer() throws InterruptedException {
    assertTrue(answers.tryAcquire(20, TimeUnit.SECONDS));
  }

  private void assertNothingIsDue() {
    assertEquals(0, thread.getQueue().size());
    assertEquals(0, answers.availablePermits());
  }

  @Test
  void manyChangesGetOneAnswer() throws Exception {
    Coalescer coalescer = new Coalescer(thread, this::answer);
    CountDownLatch busy = new CountDownLatch(1);
    thread.execute(() -> awaitQuietly(busy));
    for (int i = 0; i < 1_000; i++) {
      changes.incrementAndGet();
      coalescer.run();
    }
    busy.countDown();
    awaitAnswer();
    assertEquals(1_000, answered);
    assertNothingIsDue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aChangeDuringAnAnswerGetsAnAnswerOfItsOwn() throws Exception {
    Semaphore working = new Semaphore(0);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Coalescer coalescer = new Coalescer(thread, () -> {
      int seen = changes.get();
      working.release();
      awaitQuietly(mayEnd);
      answered = seen;
      answers.release();
    });
    changes.incrementAndGet();
    coalescer.run();
    assertTrue(working.tryAcquire(20, TimeUnit.SECONDS));
    changes.incrementAndGet();
    coalescer.run();
    coalescer.run();
    mayEnd.countDown();
    awaitAnswer();
    awaitAnswer();
    assertEquals(2, answered);
    assertNothingIsDue();
  }

  @Test
  void theFirstIsAnsweredAtOnceAndTheNextAfterAWhile() throws Exception {
    Coalescer coalescer = new Coalescer(thread, this::answer);
    long begin = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      coalescer.run();
      awaitAnswer();
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertTrue(millis >= 145, "three intervals of 50 ms have passed after the first, and " + millis + " ms");
  }

  @Test
  void anAnswerThatFailsIsNotTheLast() throws Exception {
    Coalescer coalescer = new Coalescer(thread, () -> {
      answer();
      throw new IllegalStateException("as if");
    });
    coalescer.run();
    awaitAnswer();
    coalescer.run();
    awaitAnswer();
  }

  @Test
  void aChangeAfterTheEndIsIgnored() {
    thread.shutdownNow();
    new Coalescer(thread, this::answer).run();
    assertNothingIsDue();
  }
}
