package io.connectorkit.runtime.internal.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Event;
import io.connectorkit.runtime.internal.store.Trail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H3, H9: an event counts once, over restarts too; what cannot be dealt with is kept apart, and comes again on demand. */
class InboxTest {

  @TempDir
  Path folder;

  private Inbox open(long done, long maxBytes) throws IOException {
    return new Inbox(folder, done, maxBytes, Trail.NONE);
  }

  private static Event event(String id, String body) {
    return new Event(id, Instant.EPOCH, Map.of(), body.getBytes());
  }

  @Test
  void theSameIdAndTheSameBodyCountOnce() throws IOException {
    try (Inbox inbox = open(0, 1 << 20)) {
      assertTrue(inbox.take(event("a", "1")));
      assertFalse(inbox.take(event("a", "2")), "same id");
      assertFalse(inbox.take(event("b", "1")), "same body under another id, which is not signed");
      assertTrue(inbox.take(event("b", "3")));
      assertEquals(2, inbox.waiting());
    }
  }

  @Test
  void itIsRememberedAfterARestartAndAfterItsFileIsGone() throws IOException {
    String large = "x".repeat(5 << 20);
    try (Inbox inbox = open(0, 1 << 30)) {
      for (int i = 0; i < 8; i++) {
        assertTrue(inbox.take(event("e" + i, large + i)));
      }
      inbox.done(8);
      assertEquals(0, inbox.waiting());
    }
    try (Inbox inbox = open(8, 1 << 30)) {
      assertFalse(inbox.take(event("e0", "other")));
      assertFalse(inbox.take(event("e7", "other")));
      assertTrue(inbox.take(event("e8", "other")));
    }
  }

  @Test
  void whatIsPublishedDoesNotComeAgain() throws IOException {
    try (Inbox inbox = open(0, 1 << 20)) {
      inbox.take(event("a", "1"));
      inbox.take(event("b", "2"));
    }
    try (Inbox inbox = open(1, 1 << 20); EventReader reader = inbox.reader()) {
      assertEquals(List.of("b"), reader.next(10, 1 << 20).stream().map(each -> each.event().id()).toList());
    }
  }

  @Test
  void itIsFullWhileTooMuchWaits() throws IOException {
    try (Inbox inbox = open(0, 100)) {
      assertFalse(inbox.full());
      inbox.take(event("a", "x".repeat(200)));
      assertTrue(inbox.full());
      inbox.done(1);
      assertFalse(inbox.full());
    }
  }

  @Test
  void whatWasSetAsideKeepsItsReasonAndComesAgainOnce() throws IOException {
    try (Inbox inbox = open(0, 1 << 20)) {
      inbox.take(event("a", "poison"));
      try (EventReader reader = inbox.reader()) {
        inbox.quarantine().add(reader.next(1, 1).get(0), Instant.EPOCH, "KIT-3051 no such issue");
      }
      inbox.done(1);
    }
    try (Inbox inbox = open(1, 1 << 20)) {
      List<Quarantine.Entry> entries = inbox.quarantine().list(10);
      assertEquals(List.of("KIT-3051 no such issue"), entries.stream().map(Quarantine.Entry::reason).toList());
      assertEquals("poison", entries.get(0).event().event().text());
      assertEquals(1, inbox.replay(entries));
      assertEquals(0, inbox.quarantine().size());
      try (EventReader reader = inbox.reader()) {
        assertEquals(List.of(2L), reader.next(10, 1 << 20).stream().map(StoredEvent::sequence).toList());
      }
    }
  }
}
