package io.connectorkit.runtime.internal.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SayableTest {

  private static final class Mute extends Error {

    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw this;
    }
  }

  private static Throwable passedOn(Exception failure) {
    return assertThrows(Throwable.class, () -> Tccl.call(null, () -> {
      throw failure;
    }));
  }

  @Test
  void whatCanBeSaidIsPassedOnAsItIs() {
    Exception failure = new IllegalStateException("no", new OutOfMemoryError("none left"));
    assertSame(failure, passedOn(failure));
  }

  @Test
  void whatCannotTellItsMessageIsNamedByItsClass() {
    assertEquals(Mute.class.getName() + " (it cannot tell what it is about)", Sayable.text(new Mute()));
  }

  @Test
  void anExceptionWithACauseThatCannotBeLoggedIsReplaced() {
    Throwable replaced = passedOn(new IllegalStateException("no", null) {
      private static final long serialVersionUID = 1L;

      @Override
      public synchronized Throwable getCause() {
        return new Mute();
      }
    });
    assertEquals(SayableTest.class.getName() + "$1: no", replaced.getMessage());
  }

  @Test
  void causesThatGoInACircleAreCutOff() {
    Exception one = new IllegalStateException("one");
    one.initCause(new IllegalStateException("two", one));
    Throwable replaced = passedOn(one);
    assertEquals("java.lang.IllegalStateException: one", replaced.getMessage());
    assertEquals(null, replaced.getCause());
  }

  @Test
  void aLineIsOneThatIsPrintableAndNotTooLong() {
    assertEquals("one two ?[31mthree four?five", Sayable.line("one \r\n\ttwo\n\u001b[31mthree\u2028four\0five"));
    assertEquals(501, Sayable.line("x".repeat(10_000)).length());
  }
}
