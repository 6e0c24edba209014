package io.connectorkit.itests.scripted;

import io.connectorkit.api.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/** What no code in a bundle should do. The bundle's file {@code misdeed} says what it does and where. */
public final class Misdeed {

  private Misdeed() {}

  /** Does not even say what is wrong. */
  public static final class Mute extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new Mute();
    }
  }

  /** What the bundle does in that place; empty if nothing. */
  static String at(String place) {
    Properties lines = lines();
    return lines.getProperty("at").equals(place) ? lines.getProperty("does") : "";
  }

  private static Properties lines() {
    Properties lines = new Properties();
    try (InputStream stream = Misdeed.class.getResourceAsStream("/misdeed")) {
      lines.load(stream);
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does it, if it is to be done in that place. */
  static void commit(String place) {
    switch (at(place)) {
      case "throw" -> throw new IllegalStateException("not in the " + place);
      case "exit" -> System.exit(3);
      case "halt" -> Runtime.getRuntime().halt(3);
      case "hang" -> untilInterrupted();
      case "deaf" -> Gate.passDeaf(Path.of(lines().getProperty("gate")));
      case "recurse" -> deeper(1);
      case "memory" -> throw new OutOfMemoryError("of the " + place);
      case "mute" -> throw new Mute();
      case "long" -> throw new IllegalStateException("x".repeat(10_000_000));
      case "lines" -> throw new IllegalStateException("one\ntwo\r\n\u001b[31mthree\u2028four\0five");
      case "circle" -> circle();
      case "native" -> System.load(lines().getProperty("library"));
      case "threads" -> threads(1000);
      case "heap" -> heap();
      default -> Thread.onSpinWait();
    }
  }

  private static long deeper(long depth) {
    return 1 + deeper(depth + 1);
  }

  private static void circle() {
    IllegalStateException one = new IllegalStateException("one");
    one.initCause(new IllegalStateException("two", one));
    throw one;
  }

  private static void threads(int count) {
    for (int i = 0; i < count; i++) {
      fork();
    }
    throw new IllegalStateException(count + " threads go on");
  }

  private static void fork() {
    Thread thread = new Thread(Misdeed::untilInterrupted, "misdeed");
    thread.setDaemon(true);
    thread.start();
  }

  /** Makes threads for as long as it may. */
  static void forkOnAndOn(Cancellation cancellation) {
    while (true) {
      cancellation.check();
      fork();
      LockSupport.parkNanos(1_000_000);
    }
  }

  static void hangWhenCancelled(Cancellation cancellation) {
    cancellation.onCancel(() -> Gate.passDeaf(Path.of(lines().getProperty("gate"))));
    untilInterrupted();
  }

  private static void heap() {
    byte[][] much = new byte[50][];
    for (int i = 0; i < much.length; i++) {
      much[i] = new byte[1 << 20];
    }
    throw new IllegalStateException(much.length + " MiB are not enough");
  }

  private static void untilInterrupted() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
  }
}
