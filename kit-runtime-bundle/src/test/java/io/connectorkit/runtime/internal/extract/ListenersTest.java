package io.connectorkit.runtime.internal.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.connectorkit.host.RunListener;
import io.connectorkit.host.TableOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {

  /** Complains each time that it is told something. */
  private static final class Complainer implements RunListener {

    private final List<String> heard = new ArrayList<>();

    @Override
    public void started(String run, List<String> tables) {
      heard.add("started");
      throw new IllegalStateException("no");
    }

    @Override
    public void table(TableOutcome outcome) {
      heard.add(outcome.table());
      throw new NoClassDefFoundError("acme/View");
    }
  }

  @Test
  void whatAListenerThrowsDoesNotReachTheRun() { // B18
    Complainer complainer = new Complainer();
    Listeners listeners = new Listeners(complainer);
    listeners.started("r1", List.of("a", "b"));
    listeners.table(TableOutcome.unpublished("a", TableOutcome.Outcome.OK, 0, ""));
    listeners.table(TableOutcome.unpublished("b", TableOutcome.Outcome.OK, 0, ""));
    assertEquals(List.of("started", "a", "b"), complainer.heard);
  }
}
