package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.RunRecord;
import io.connectorkit.host.RunRecord.Outcome;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.itests.scripted.TypeGallery;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.Test;

/** M8: what the host stores reads back exactly, and what it cannot store exactly it refuses by name. */
public class ArrowTypesIT extends ScriptedHostTest {

  @Test
  public void everyAcceptedTypeReadsBackExactly() {
    RunRecord run = first("types", "tables = gallery\ngallery.kind = types\n");
    assertEquals(run.toString(), Outcome.OK, run.outcome());
    for (TypeGallery.Kind kind : TypeGallery.accepted()) {
      String column = '"' + kind.field().getName() + '"';
      List<List<String>> stored = inExtract("types", "SELECT typeof(" + column + "), " + column + "::VARCHAR FROM gallery");
      List<List<String>> expected = List.of(Arrays.asList(kind.type(), kind.values().get(0)), Arrays.asList(kind.type(), kind.values().get(1)),
          Arrays.asList(kind.type(), null));
      assertEquals(column, expected, stored);
    }
  }

  @Test
  public void everyRefusedTypeIsNamedAndHurtsNoOtherTable() {
    Set<String> kinds = TypeGallery.refused().keySet();
    StringBuilder script = new StringBuilder("tables = good, " + String.join(", ", kinds) + "\ngood.rows = 3\n");
    kinds.forEach(kind -> script.append(kind).append(".kind = ").append(kind).append('\n'));
    RunRecord run = first("refused", script.toString());
    assertEquals(Outcome.PARTIAL, run.outcome());
    assertEquals(3, count("refused.good"));
    for (String kind : kinds) {
      TableOutcome outcome = outcome(run, kind);
      assertEquals(kind, TableOutcome.Outcome.FAILED, outcome.outcome());
      assertTrue(outcome.error(), outcome.error().startsWith("KIT-3004") && outcome.error().contains("'refused_" + kind));
    }
  }
}
