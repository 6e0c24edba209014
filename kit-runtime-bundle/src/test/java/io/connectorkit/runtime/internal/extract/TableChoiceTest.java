package io.connectorkit.runtime.internal.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Capability;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableChoiceTest {

  private static TableInfo table(String sourceId, String view) {
    return TableInfo.table(sourceId).as(view).column("id", Types.int64()).build();
  }

  private static TableChoice of(List<TableInfo> discovered, List<String> wanted) {
    return TableChoice.of(discovered, wanted, EnumSet.allOf(Capability.class), table -> Capability.READ);
  }

  private static List<String> views(TableChoice choice) {
    return choice.tables().stream().map(TableInfo::viewName).toList();
  }

  @Test
  void oneBadNameRefusesThatTableAlone() { // B1, B3, C14
    TableChoice choice = of(List.of(table("a", "a"), table("in.c-x", "in.c-x"), table("m", "_meta")), List.of());
    assertEquals(List.of("a"), views(choice));
    assertEquals(Set.of("in.c-x", "m"), choice.refused().keySet());
  }

  @Test
  void namesThatDifferOnlyInCaseCollide() { // A1, A2, B4
    TableChoice choice = of(List.of(table("one", "Orders"), table("two", "orders")), List.of());
    assertEquals(List.of("Orders"), views(choice));
    assertTrue(choice.refused().get("two").contains("already belongs to 'one'"));
  }

  @Test
  void aTableIsReadOnceHoweverOftenItIsNamed() { // B5
    assertEquals(List.of("a"), views(of(List.of(table("x.a", "a")), List.of("a", "x.a", "A"))));
  }

  @Test
  void unknownTablesAreRefusedWithWhatThereIs() { // B11
    TableChoice choice = of(List.of(table("a", "a")), List.of("b", "a"));
    assertEquals(List.of("a"), views(choice));
    assertTrue(choice.refused().get("b").contains("it has [a]"));
  }

  @Test
  void aTableWithoutTheCapabilityIsNotRead() { // A3
    TableInfo remote = TableInfo.table("r").can(Set.of(Capability.REMOTE)).column("id", Types.int64()).build();
    assertEquals(List.of(), views(of(List.of(remote), List.of())));
    assertTrue(of(List.of(remote), List.of("r")).refused().get("r").contains("REMOTE"));
  }

  @Test
  void aTableThatClaimsMoreThanItsConnectorIsRefusedAlone() { // A13
    TableInfo more = TableInfo.table("more").can(EnumSet.of(Capability.READ, Capability.STREAM)).column("id", Types.int64()).build();
    TableChoice choice = TableChoice.of(List.of(table("a", "a"), more), List.of(), EnumSet.of(Capability.DISCOVER, Capability.READ),
        table -> Capability.READ);
    assertEquals(List.of("a"), views(choice));
    String reason = choice.refused().get("more");
    assertTrue(reason.startsWith("KIT-3025") && reason.contains("[READ, STREAM]") && reason.contains("[DISCOVER, READ]"), reason);
  }

  @Test
  void aTableThatNobodyNamedIsNotReadWhereAnyIsNamed() { // L9
    List<TableInfo> discovered = List.of(table("a", "a"), table("b", "b"));
    assertEquals(List.of("a"), views(of(discovered, List.of("a"))));
    assertEquals(List.of("a", "b"), views(of(discovered, List.of())));
  }
}
