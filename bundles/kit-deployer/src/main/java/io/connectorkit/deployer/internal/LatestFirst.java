package io.connectorkit.deployer.internal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what is wanted, one at a time: what was wanted meanwhile is passed over for what is wanted last. */
final class LatestFirst {

  private static final Logger LOG = LoggerFactory.getLogger(LatestFirst.class);

  private final Executor threads;
  private final Consumer<Optional<Jar>> work;
  private final Runnable rest;

  private Optional<Jar> wanted = Optional.empty();
  private boolean due;
  private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

  /**
   * Nothing is wanted yet.
   *
   * @param work done on one of the threads
   * @param rest done there when nothing is wanted any more
   */
  LatestFirst(Executor threads, Consumer<Optional<Jar>> work, Runnable rest) {
    this.threads = threads;
    this.work = work;
    this.rest = rest;
  }

  synchronized void want(Optional<Jar> jar) {
    wanted = jar;
    due = true;
    if (idle.isDone()) {
      idle = new CompletableFuture<>();
      threads.execute(this::run);
    }
  }

  /** Completes when there is nothing to do any more. */
  synchronized CompletableFuture<Void> idle() {
    return idle;
  }

  synchronized Optional<Jar> wanted() {
    return wanted;
  }

  /** Whether another jar than this is wanted by now. */
  synchronized boolean outdated(Jar jar) {
    return due && wanted.filter(jar::equals).isEmpty();
  }

  private void run() {
    do {
      attempt();
    } while (more());
  }

  /** Whatever is thrown: who is not idle again would never do anything more. */
  private void attempt() {
    try {
      work.accept(take());
      rest.run();
    } catch (RuntimeException | Error e) {
      LOG.error("KIT-9007 the work on a bundle broke off; copy its file again", e);
    }
  }

  private synchronized Optional<Jar> take() {
    due = false;
    return wanted;
  }

  private synchronized boolean more() {
    if (!due) {
      idle.complete(null);
    }
    return due;
  }
}
