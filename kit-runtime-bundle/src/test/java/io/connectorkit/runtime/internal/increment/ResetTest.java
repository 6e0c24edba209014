package io.connectorkit.runtime.internal.increment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import io.connectorkit.api.Watermark;
import io.connectorkit.runtime.internal.config.Strategy;
import io.connectorkit.runtime.internal.config.TableOptions;
import io.connectorkit.runtime.internal.store.TableRecord;
import io.connectorkit.runtime.internal.store.TableState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResetTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");
  private static final TableInfo TABLE = TableInfo.table("orders").key("id").column("id", Types.int64()).build();

  private static ReadPlan plan(TableState last) {
    TableRecord record = last == null ? null : new TableRecord("orders", "orders", "", 1, NOW, TABLE.schema().toJson(), List.of("id"), "r1",
        List.of(), last);
    return ReadPlan.of(TABLE, TableOptions.none("orders"), record, "settings", false, NOW);
  }

  private static TableState state() {
    return new TableState(Strategy.UPSERT, Optional.of(new Watermark(7L)), plan(null).basis(), NOW);
  }

  @Test
  void aResetTableIsReadInFullAndTheNoteSaysWhy() { // G9
    assertEquals(Optional.of(new Watermark(7L)), plan(state()).lower());
    ReadPlan next = plan(Reset.of(state(), NOW));
    assertTrue(next.lower().isEmpty());
    assertEquals("full read: the state was reset", next.note());
    assertEquals(plan(null).basis(), next.basis(), "the read that follows forgets the reset");
  }

  @Test
  void aTableThatWasNeverReadHasNothingToSay() {
    assertEquals("", plan(null).note());
    assertEquals("", plan(new TableState(Strategy.UPSERT, Optional.empty(), "", NOW)).note());
  }

  @Test
  void theLastOfSeveralResetsCountsAndTheBasisStays() {
    TableState twice = Reset.of(Reset.of(state(), NOW), NOW.plusSeconds(60));
    assertEquals(Optional.of(Instant.parse("2026-03-01T12:01:00Z")), Reset.at(twice));
    assertEquals(state().basis().lines().toList(), Reset.basis(twice));
    assertEquals(Optional.empty(), Reset.at(state()));
  }
}
