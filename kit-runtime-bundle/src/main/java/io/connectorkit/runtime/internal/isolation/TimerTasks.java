package io.connectorkit.runtime.internal.isolation;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import java.util.stream.Stream;

/** What stands behind the thread of a {@link Timer}, which nobody can ask for its timer; an interrupt does not end it. */
final class TimerTasks {

  private TimerTasks() {}

  /** The tasks that the thread will run; none for other threads. */
  static Stream<TimerTask> of(Thread thread) {
    Object tasks = queue(thread);
    if (tasks == null) {
      return Stream.empty();
    }
    synchronized (tasks) {
      return Inside.of(tasks, "queue") instanceof TimerTask[] planned ? Arrays.stream(planned.clone()).filter(Objects::nonNull) : Stream.empty();
    }
  }

  private static Object queue(Thread thread) {
    return thread.getClass().getName().equals("java.util.TimerThread") ? Inside.of(thread, "queue") : null;
  }

  /** Does to the timer what {@link Timer#cancel} would; false if it cannot be reached. No code of its tasks is run. */
  static boolean cancel(Thread thread) {
    Object tasks = queue(thread);
    Field open = tasks == null ? null : Inside.open(thread.getClass(), "newTasksMayBeScheduled");
    Field size = tasks == null ? null : Inside.open(tasks.getClass(), "size");
    if (open == null || size == null) {
      return false;
    }
    // The lock under which the timer itself looks at both.
    synchronized (tasks) {
      try {
        open.setBoolean(thread, false);
        size.setInt(tasks, 0);
      } catch (IllegalAccessException e) {
        return false;
      }
      tasks.notifyAll();
    }
    return true;
  }
}
