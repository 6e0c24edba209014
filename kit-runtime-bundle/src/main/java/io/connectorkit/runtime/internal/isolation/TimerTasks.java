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

  /** Does to the timer what {@link Timer#cancel} would; false if it cannot be reached. */
  static boolean cancel(Thread thread) {
    Object tasks = queue(thread);
    Field open = tasks == null ? null : Inside.open(thread.getClass(), "newTasksMayBeScheduled");
    if (open == null) {
      return false;
    }
    // The lock under which the timer itself looks at both.
    synchronized (tasks) {
      try {
        open.setBoolean(thread, false);
      } catch (IllegalAccessException e) {
        return false;
      }
      of(thread).forEach(TimerTask::cancel);
      tasks.notifyAll();
    }
    return true;
  }
}
