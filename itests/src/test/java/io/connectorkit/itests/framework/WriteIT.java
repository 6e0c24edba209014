package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.connectorkit.api.WriteMode;
import io.connectorkit.host.KitException;
import io.connectorkit.host.WriteRecord;
import io.connectorkit.host.WriteRecord.Outcome;
import io.connectorkit.host.WriteRecord.Refusal;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** A13: rows go back into a source, all of them or with the reason why not, and never without the owner's leave. */
public class WriteIT extends WritingHostTest {

  @Test
  public void rowsAreAppendedUpsertedAndDeletedAndTheNextRunReadsThem() throws Exception {
    instance("whole", "");
    assertEquals(List.of(Outcome.OK, 10L, 10L, 0L), counts(write("whole", WriteMode.APPEND, TEN)));
    assertEquals("0\tn0\t0.00\t-", lines("whole.orders").get(0));
    assertEquals(List.of("APPEND 4 rows from 1", "APPEND 4 rows from 5", "APPEND 2 rows from 9"), lines("whole.orders.journal"));

    WriteRecord upserted = write("whole", WriteMode.UPSERT, "SELECT 9 AS id, 'nine' AS name UNION ALL SELECT 10, 'ten'");
    assertEquals(List.of(Outcome.OK, 2L, 2L, 0L), counts(upserted));
    assertEquals("what is not given keeps its value", "9\tnine\t13.50\t-", lines("whole.orders").get(9));
    assertEquals("10\tten\t-\t-", lines("whole.orders").get(10));

    assertEquals(List.of(Outcome.OK, 10L, 10L, 0L), counts(write("whole", WriteMode.DELETE, TEN)));
    assertEquals(List.of("10\tten\t-\t-"), lines("whole.orders"));
    run("whole");
    assertEquals(1, count("whole.orders"));
    assertEquals("rows of an extract go back as they came", List.of(Outcome.OK, 1L, 1L, 0L),
        counts(write("whole", WriteMode.UPSERT, "FROM whole.orders")));
    assertEquals(Outcome.OK, write("whole", WriteMode.APPEND, TEN + " WHERE false;").outcome());
  }

  @Test
  public void nestedValuesArriveWholeInATableThatCanOnlyBeWritten() {
    instance("deep", "");
    WriteRecord deep = ended(start("deep", "nested", WriteMode.APPEND, "SELECT CASE WHEN range = 5 THEN NULL ELSE [NULL, 't' || range] END AS tags,"
        + " {'city': 'Brno', 'since': TIMESTAMPTZ '2026-01-31 12:00:00+01'} AS place, MAP {'a': range} AS marks FROM range(6)", false, ""));
    assertEquals(deep.toString(), List.of(Outcome.OK, 6L, 6L, 0L), counts(deep));
    assertEquals("[null, t4]\t{city=Brno, since=2026-01-31T11:00:00Z}\t{a=4}", lines("deep.nested").get(4));
    assertEquals("-\t{city=Brno, since=2026-01-31T11:00:00Z}\t{a=5}", lines("deep.nested").get(5));
  }

  @Test
  public void aDryRunChecksEverythingAndChangesNothing() {
    instance("dry", "orders.refuse = n3");
    WriteRecord dry = ended(start("dry", "orders", WriteMode.UPSERT, TEN, true, ""));
    assertEquals(List.of(Outcome.PARTIAL, 10L, 9L, 1L), counts(dry));
    assertEquals(List.of(), lines("dry.orders"));
    assertEquals(List.of(), lines("dry.orders.keys"));
    assertEquals("UPSERT 4 rows from 1 dry", lines("dry.orders.journal").get(0));
  }

  @Test
  public void refusedRowsAreToldWithNumberKeyAndReasonAndTheOthersAreTaken() {
    instance("picky", "orders.refuse = n3\norders.refuse.text = no swordfish\\nfor https://kit:hunter2@example.org");
    WriteRecord some = write("picky", WriteMode.UPSERT, TEN);
    assertEquals(List.of(Outcome.PARTIAL, 10L, 9L, 1L), counts(some));
    assertEquals("B13: without secrets, and on one line", List.of(new Refusal(4, "id=3", "no *** for https://***@example.org")), some.refusals());
    assertEquals(9, lines("picky.orders").size());

    script("picky", "orders.refuse = n");
    WriteRecord all = write("picky", WriteMode.UPSERT, "SELECT range AS id, 'n' AS name FROM range(250)");
    assertEquals(List.of(Outcome.FAILED, 250L, 0L, 250L), counts(all));
    assertEquals("all are counted, the first are told", 100, all.refusals().size());
    assertEquals(100, all.refusals().get(99).row());
  }

  /** The answer got lost; the rows had been taken. */
  @Test
  public void aBatchThatIsSentAgainWithTheSameKeyIsNotDoubled() {
    Path once = folder("data").resolve("again.once");
    instance("again", "orders.fail.after = 5\norders.fail.with = transient\norders.fail.late = true\norders.fail.once = " + once);
    assertEquals(List.of(Outcome.OK, 10L, 10L, 0L), counts(write("again", WriteMode.APPEND, TEN)));
    assertTrue(Files.exists(once));
    assertEquals(10, lines("again.orders").size());
    assertEquals(List.of("APPEND 4 rows from 1", "APPEND 4 rows from 5", "APPEND 4 rows from 5", "APPEND 2 rows from 9"), lines("again.orders.journal"));
    assertEquals(3, lines("again.orders.keys").stream().distinct().count());
  }

  @Test
  public void aWriteThatBrokeOffIsRepeatedUnderItsIdWithoutDoublingWhatWasTaken() {
    instance("resumed", "orders.fail.after = 5\norders.fail.late = true");
    WriteRecord broken = write("resumed", WriteMode.APPEND, TEN);
    assertEquals(List.of(Outcome.FAILED, 10L, 4L, 0L), counts(broken));
    assertTrue(broken.error(), broken.error().matches("KIT-3046 write into 'orders': IllegalStateException: the script says so; rows 5 to 8 may be written or"
        + " not, those before them are dealt with; write again with the id " + broken.write() + ", by which .*"));
    script("resumed", "");
    assertEquals(List.of(Outcome.OK, 10L, 10L, 0L), counts(ended(start("resumed", "orders", WriteMode.APPEND, TEN, false, broken.write()))));
    assertEquals("none is there twice", 10, lines("resumed.orders").size());
    assertEquals(Outcome.OK, write("resumed", WriteMode.APPEND, TEN).outcome());
    assertEquals("a write of its own is another one", 20, lines("resumed.orders").size());
    assertEquals("KIT-3047", assertThrows(KitException.class, () -> start("resumed", "orders", WriteMode.APPEND, TEN, false, "../x")).code());
  }

  @Test
  public void whatMayPassIsTriedAgainWithinBoundsAndTheRestIsNot() {
    instance("flaky", "orders.fail.after = 5\norders.fail.with = transient");
    WriteRecord given = write("flaky", WriteMode.APPEND, TEN);
    assertEquals(List.of(Outcome.FAILED, 10L, 4L, 0L), counts(given));
    assertEquals("the first attempt and three more", 4, lines("flaky.orders.journal").stream().filter("APPEND 4 rows from 5"::equals).count());
    for (String with : List.of("authentication", "exception", "memory", "linkage", "stack")) {
      instance("flaky_" + with, "orders.fail.after = 5\norders.fail.with = " + with);
      assertEquals(with, List.of(Outcome.FAILED, 10L, 4L, 0L), counts(write("flaky_" + with, WriteMode.APPEND, TEN)));
      assertEquals(with, 2, lines("flaky_" + with + ".orders.journal").size());
    }
  }

  @Test
  public void anInstanceIsReadOnlyUntilItsFileSaysOtherwise() {
    instance("shut", "schedule: daily 02:30", "");
    assertEquals("KIT-3040 'shut' is read-only, as every instance is until its owner says otherwise; put 'writes: true' or 'writes: [TABLE]' into"
        + " etc/connectors/shut.yaml", refusal("shut", "orders", WriteMode.APPEND, TEN));
    instance("ajar", "writes: [log]", "");
    assertTrue(refusal("ajar", "orders", WriteMode.APPEND, TEN).startsWith("KIT-3040 table 'orders' of 'ajar' is read-only"));
    assertEquals(Outcome.OK, ended(start("ajar", "LOG", WriteMode.APPEND, "SELECT 'x' AS name", false, "")).outcome());
    assertEquals(List.of(), lines("ajar.orders.journal"));
  }

  /** A3: what a table can do counts on every path. */
  @Test
  public void whatCannotBeWrittenIsRefusedBeforeAnyRowIsSent() {
    instance("strict", "");
    assertTrue(refusal("strict", "closed", WriteMode.APPEND, TEN).startsWith("KIT-3008 table 'closed' lacks the capability write"));
    assertTrue(refusal("strict", "ordres", WriteMode.APPEND, TEN).startsWith("KIT-3008 the source has no table 'ordres'"));
    assertTrue(refusal("strict", "log", WriteMode.UPSERT, TEN).startsWith("KIT-3041 write into 'log': upsert finds rows by their primary key"));
    assertTrue(refusal("strict", "orders", WriteMode.APPEND, "SELECT 1 AS nr").startsWith("KIT-3042"));
    assertTrue(refusal("strict", "orders", WriteMode.APPEND, "SELECT '1' AS id").startsWith("KIT-3043"));
    assertEquals("KIT-3044 write into 'orders': column 'id' is null in 1 of 2 rows and may not be; nothing was written: correct the query",
        refusal("strict", "orders", WriteMode.UPSERT, "SELECT unnest([1, NULL]) AS id"));
    assertTrue(refusal("strict", "orders", WriteMode.UPSERT, "SELECT unnest([7, 8, 7]) AS id")
        .startsWith("KIT-3044 write into 'orders': the key [id] is not unique: 7 in 2 rows;"));
    assertTrue(refusal("strict", "orders", WriteMode.APPEND, "SELECT error('no') AS name").startsWith("KIT-5002"));
    for (String sql : List.of("DROP TABLE x", "SELECT 1 AS id; SELECT 2 AS id", "COPY (SELECT 1) TO 'x'")) {
      assertTrue(refusal("strict", "orders", WriteMode.APPEND, sql).startsWith("KIT-500"));
    }
    assertTrue(refusal("strict", "orders", WriteMode.APPEND, "SELECT content AS name FROM read_text('/etc/hostname')").startsWith("KIT-5002"));
    assertEquals(List.of(), lines("strict.orders.journal"));
  }

  @Test
  public void aConnectorThatLiesAboutItsRowsIsNotBelieved() {
    for (String answer : List.of("null", "beyond", "twice")) {
      instance("liar_" + answer, "orders.answer = " + answer);
      WriteRecord lied = write("liar_" + answer, WriteMode.APPEND, TEN);
      assertTrue(lied.error(), lied.outcome() == Outcome.FAILED && lied.error().contains("KIT-3045") && lied.taken() == 0);
    }
  }

  @Test
  public void aMillionRowsGoThroughWithMemoryForFarLess() {
    instance("many", "");
    WriteRecord many = ended(start("many", "log", WriteMode.APPEND,
        "SELECT 'a row of some length, of which there are many, number ' || range AS name FROM range(1000000)", false, ""));
    assertEquals(List.of(Outcome.OK, 1_000_000L, 1_000_000L, 0L), counts(many));
    List<String> rows = lines("many.log");
    assertEquals(1_000_000, rows.size());
    assertEquals("in the query's order", "a row of some length, of which there are many, number 999999", rows.get(999_999));
    assertEquals(20, lines("many.log.journal").size());
    assertFalse(Folders.read(Folders.log()).contains("many.log: the connector did not release"));
  }
}
