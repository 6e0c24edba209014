package io.connectorkit.runtime.internal.isolation;

import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** Every way in which a class can name the end of the process; only ever run after it went through the weaver. */
final class Exits {

  /** An interface has code, too. */
  interface Ending {

    default void end() {
      System.exit(3);
    }

    static void end(Runtime runtime) {
      IntConsumer end = runtime::halt;
      end.accept(3);
    }
  }

  static final class Initialised {

    static final int NEVER = end();

    private static int end() {
      System.exit(3);
      return 3;
    }
  }

  private Exits() {}

  static void exit() {
    System.exit(3);
  }

  static void runtimeExit() {
    Runtime.getRuntime().exit(3);
  }

  static void halt() {
    Runtime.getRuntime().halt(3);
  }

  static void lambda() {
    Runnable end = () -> System.exit(3);
    end.run();
  }

  static void reference() {
    IntConsumer end = System::exit;
    end.accept(3);
  }

  static void boundReference() {
    IntConsumer end = Runtime.getRuntime()::halt;
    end.accept(3);
  }

  static void unboundReference() {
    BiConsumer<Runtime, Integer> end = Runtime::exit;
    end.accept(Runtime.getRuntime(), 3);
  }

  static void interfaceMethod() {
    new Ending() {}.end();
  }

  static void interfaceReference() {
    Ending.end(Runtime.getRuntime());
  }

  /** Frames at a branch and a handler around the call stay right. */
  static void branches() {
    for (int i = 0; i < 3; i++) {
      try {
        if (i == 1) {
          System.exit(i);
        }
      } catch (IllegalStateException e) {
        System.exit(4);
      }
    }
  }

  static int initialiser() {
    return Initialised.NEVER;
  }

  static String exitInATextOnly() {
    return "exit and halt of java/lang/System";
  }
}
