package io.connectorkit.runtime.internal.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Event;
import io.connectorkit.runtime.internal.store.Trail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H3, H14: what was confirmed is there after a crash, once and in order; what was not is cut off. */
class EventLogTest {

  @TempDir
  Path folder;

  private EventLog open() throws IOException {
    return new EventLog(folder, Trail.NONE, event -> {});
  }

  static Event event(String id) {
    return new Event(id, Instant.parse("2026-01-02T03:04:05.678Z"), Map.of("X-Id", id), ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> ids(EventLog log, long after) throws IOException {
    List<String> ids = new ArrayList<>();
    try (EventReader reader = log.readAfter(after)) {
      for (List<StoredEvent> events; !(events = reader.next(7, 1 << 20)).isEmpty();) {
        events.forEach(each -> ids.add(each.event().id()));
      }
    }
    return ids;
  }

  @Test
  void eventsComeBackAsTheyWereInOrderAfterAnotherStart() throws IOException {
    try (EventLog log = open()) {
      for (int i = 1; i <= 20; i++) {
        assertEquals(i, log.append(event("e" + i)));
      }
    }
    try (EventLog log = open(); EventReader reader = log.readAfter(18)) {
      assertEquals(20, log.last());
      List<StoredEvent> events = reader.next(10, 1 << 20);
      assertEquals(List.of(19L, 20L), events.stream().map(StoredEvent::sequence).toList());
      Event event = events.get(0).event();
      assertEquals("e19", event.id());
      assertEquals(Map.of("x-id", "e19"), event.headers());
      assertEquals("{\"id\":\"e19\"}", event.text());
      assertEquals(Instant.parse("2026-01-02T03:04:05.678Z"), event.receivedAt());
      assertEquals(21, log.append(event("e21")));
    }
  }

  @Test
  void whatACrashLeftUnfinishedIsCutOffAndItsPlaceTaken() throws IOException {
    try (EventLog log = open()) {
      log.append(event("whole"));
      log.append(event("torn"));
    }
    Path file = files().get(0);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 3);
    }
    try (EventLog log = open()) {
      assertEquals(List.of("whole"), ids(log, 0));
      assertEquals(2, log.append(event("next")));
    }
    try (EventLog log = open()) {
      assertEquals(List.of("whole", "next"), ids(log, 0));
    }
  }

  @Test
  void aHoleOfZeroesIsNoEvent() throws IOException {
    try (EventLog log = open()) {
      log.append(event("whole"));
    }
    try (FileChannel channel = FileChannel.open(files().get(0), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(4096), channel.size());
    }
    try (EventLog log = open()) {
      assertEquals(List.of("whole"), ids(log, 0));
    }
  }

  @Test
  void aBitThatFlippedIsNoticedWhenItIsRead() throws IOException {
    try (EventLog log = open()) {
      log.append(event("one"));
      try (FileChannel channel = FileChannel.open(files().get(0), StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[] {'?'}), channel.size() - 2);
      }
      assertTrue(assertThrows(IOException.class, () -> ids(log, 0)).getMessage().contains("damaged at byte 0, before event 1"));
    }
  }

  @Test
  void manySendersAtOnceEachGetAPlaceOfTheirOwn() throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(16);
    Set<Long> sequences = new TreeSet<>();
    AtomicInteger synced = new AtomicInteger();
    try (EventLog log = new EventLog(folder, step -> synced.addAndGet(step.equals("inbox.synced") ? 1 : 0), event -> {})) {
      List<Callable<Long>> calls = Stream.iterate(0, i -> i + 1).limit(400).<Callable<Long>>map(i -> () -> log.append(event("e" + i))).toList();
      for (Future<Long> sequence : senders.invokeAll(calls)) {
        sequences.add(sequence.get());
      }
      assertEquals(LongStream.rangeClosed(1, 400).boxed().toList(), List.copyOf(sequences));
      assertEquals(400, ids(log, 0).stream().distinct().count());
      assertTrue(synced.get() <= 400, "no more writes than events");
    } finally {
      senders.shutdownNow();
    }
  }

  @Test
  void filesThatAreDealtWithGoAndTheNumbersGoOn() throws IOException {
    byte[] large = new byte[5 << 20];
    List<Path> retired = new ArrayList<>();
    try (EventLog log = open()) {
      for (int i = 1; i <= 9; i++) {
        log.append(new Event("e" + i, Instant.EPOCH, Map.of(), large));
      }
      assertTrue(files().size() > 1, files().toString());
      log.retire(9, retired::add);
      assertEquals(1, files().size());
      assertEquals(10, log.append(event("e10")));
      assertEquals(List.of("e10"), ids(log, 9));
    }
    assertTrue(retired.size() >= 1);
    try (EventLog log = open()) {
      assertEquals(10, log.last());
    }
  }

  @Test
  void aLogWhoseFilesAreGoneGoesOnBehindWhatIsPublished() throws IOException {
    try (EventLog log = open()) {
      log.beginBehind(41);
      assertEquals(42, log.append(event("e42")));
    }
  }

  @Test
  void filesThatSomebodyDeletedAreNotWaitedFor() throws IOException {
    byte[] large = new byte[5 << 20];
    try (EventLog log = open()) {
      for (int i = 1; i <= 9; i++) {
        log.append(new Event("e" + i, Instant.EPOCH, Map.of(), large));
      }
    }
    long second = Segment.of(files().get(1)).first();
    Files.delete(files().get(0));
    try (EventLog log = open()) {
      assertEquals("e" + second, ids(log, 0).get(0));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    }
  }
}
