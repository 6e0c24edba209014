package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.connectorkit.connector.keboola.fake.FakeKeboola;
import io.connectorkit.connector.keboola.fake.FakeKeboola.Spoil;
import io.connectorkit.connector.keboola.fake.FakeStorage.Cloud;
import io.connectorkit.connector.keboola.fake.FakeStorage.Header;
import io.connectorkit.connector.keboola.fake.FakeTable;
import io.connectorkit.host.DeployedFile.State;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.host.TableOutcome.Outcome;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;

/** The Keboola connector of the product in its host, against a fake that changes and fails; what is published is what the fake has. */
public class KeboolaIT extends HostTest {

  private static final Path TOKEN = Folders.target().resolve("keboola-token");
  private static final String ORDERS = "in.c-shop.orders";
  private static final String VIEW = "in_c_shop_orders";
  private static final String ALL = "id, total, note, seen, paid";

  private final FakeKeboola fake = new FakeKeboola();
  private final FakeTable orders = fake.table(ORDERS, List.of("id"), "id INTEGER", "total NUMERIC(12,2)", "note STRING", "seen TIMESTAMP", "paid BOOLEAN");

  @Override
  @Configuration
  public Option[] configuration() {
    Option[] options = {KitOptions.host(getClass()), CoreOptions.systemPackage("io.connectorkit.connector.keboola.fake")};
    Folders.write(KitOptions.etc(getClass()).resolve("io.connectorkit.host.cfg"), "run.retries = 0\nrun.parallel.tables = 1\n");
    return options;
  }

  @Before
  public void fill() {
    Folders.write(TOKEN, FakeKeboola.TOKEN);
    fake.polls(1);
    fake.storage().packed(true);
    for (int id = 1; id <= 200; id++) {
      order(id, "note " + id);
    }
    fake.pass(7200);
    order(200, "last");
  }

  @After
  public void close() {
    fake.close();
  }

  private void order(int id, String note) {
    orders.put(String.valueOf(id), id + ".50", id % 7 == 0 ? null : id % 5 == 0 ? "" : note + ", \"quoted\"\nand more", "2026-01-01 10:00:" + (10 + id % 50),
        id % 2 == 0 ? "true" : "false");
  }

  /** Configures an instance, deploys the connector of the product, and waits for the first run. */
  private RunRecord start(String instance, String more) throws IOException {
    Folders.write(folder("etc").resolve("connectors").resolve(instance + ".yaml"), "connector: keboola\nconfig:\n  url: " + fake.url()
        + "\n  storage_url: " + fake.storage().url() + "\n" + more);
    Path jar = deployed("connector-keboola.jar");
    if (!Files.exists(jar)) {
      Files.copy(Folders.product().resolve("system/connectors/connector-keboola.jar"), jar);
    }
    awaitFile("connector-keboola.jar", State.DEPLOYED);
    return awaitRun(instance, 1);
  }

  private static TableOutcome outcome(RunRecord run, String view) {
    return run.tables().stream().filter(each -> each.table().equals(view)).findFirst().orElseThrow(() -> new AssertionError(view + " in " + run));
  }

  private static void assertOk(RunRecord run) {
    assertEquals(run.toString(), RunRecord.Outcome.OK, run.outcome());
  }

  /** Value by value, as text. */
  private void assertSame(String instance, String columns) {
    String casts = Arrays.stream(columns.split(", ")).map(column -> "CAST(" + column + " AS VARCHAR)").collect(Collectors.joining(", "));
    List<List<String>> source = orders.rows().stream().sorted(Comparator.comparing(row -> Integer.valueOf(row.get(0)))).toList();
    assertEquals(source, query("SELECT " + casts + " FROM " + instance + "." + VIEW + " ORDER BY id"));
  }

  private List<Path> scratch() throws IOException {
    Path root = folder("data").resolve("tmp");
    try (Stream<Path> files = Files.isDirectory(root) ? Files.walk(root) : Stream.empty()) {
      return files.filter(file -> file.toString().endsWith(".csv")).toList();
    }
  }

  @Test
  public void whatIsPublishedFollowsWhatChanges() throws Exception {
    RunRecord first = start("shop", "");
    assertOk(first);
    assertEquals("full", outcome(first, VIEW).mode());
    assertSame("shop", ALL);

    fake.pass(7200);
    for (int id = 150; id <= 220; id++) {
      order(id, "changed");
    }
    RunRecord second = run("shop");
    assertOk(second);
    assertEquals("delta", outcome(second, VIEW).mode());
    // Of the 71 that come 17 have no note to change, and are left alone.
    assertEquals(54, outcome(second, VIEW).rows());
    assertSame("shop", ALL);
    RunRecord quiet = run("shop");
    assertEquals("delta", outcome(quiet, VIEW).mode());
    assertSame("shop", ALL);

    orders.remove(row -> row.cells().get(0).endsWith("3"));
    assertEquals("full", outcome(run("shop"), VIEW).mode());
    assertSame("shop", ALL);

    orders.columns("id INTEGER", "total NUMERIC(14,3)", "note STRING", "paid BOOLEAN", "city");
    orders.put("500", "1.125", "new", "true", "Brno");
    assertOk(run("shop"));
    assertEquals(List.of(List.of("1.125", "Brno")), query("SELECT CAST(total AS VARCHAR), city FROM shop." + VIEW + " WHERE id = 500"));
    assertEquals(orders.rows().size(), count("shop." + VIEW));
    assertEquals(List.of(), scratch());
  }

  @Test
  public void everyCloudAndEveryMishapGivesTheSameRows() throws Exception {
    fake.storage().cloud(Cloud.S3).slices(5).header(Header.ALL);
    fake.spoil("/export-async", 1, Spoil.THROTTLE);
    fake.spoil("/jobs/", 1, Spoil.UNAVAILABLE);
    fake.storage().spoil("part_3", 1, Spoil.CUT);
    assertOk(start("rough", "tables:\n  " + VIEW + ": {strategy: replace}\n"));
    assertSame("rough", ALL);
    for (Cloud cloud : List.of(Cloud.SINGLE, Cloud.AZURE, Cloud.GOOGLE)) {
      order(cloud.ordinal() + 300, cloud.name());
      fake.storage().cloud(cloud).header(Header.NONE);
      assertOk(run("rough"));
      assertSame("rough", ALL);
    }
  }

  @Test
  public void aDeathMidSliceKeepsWhatWasThereAndTheNextRunGoesOn() throws Exception {
    assertOk(start("mortal", ""));
    List<List<Object>> before = query("SELECT * FROM mortal." + VIEW + " ORDER BY id");
    fake.pass(7200);
    order(1, "later");
    fake.storage().spoil("part_", 99, Spoil.CUT);
    RunRecord dead = run("mortal");
    assertEquals(dead.toString(), Outcome.FAILED, outcome(dead, VIEW).outcome());
    assertTrue(dead.toString(), outcome(dead, VIEW).error().contains("broke off"));
    assertEquals(before, query("SELECT * FROM mortal." + VIEW + " ORDER BY id"));
    assertEquals(List.of(), scratch());

    fake.storage().heal();
    assertOk(run("mortal"));
    assertSame("mortal", ALL);
  }

  @Test
  public void aTokenThatExpiresUnderWayEndsTheRunAndNotWhatWasRead() throws Exception {
    FakeTable lines = fake.table("in.c-shop.lines", List.of(), "line").put("NA").put("NA").put((String) null);
    fake.storage().beforeSlice(() -> fake.token("renewed"));
    RunRecord run = start("fleeting", "");
    assertEquals(run.toString(), List.of(Outcome.OK, Outcome.FAILED), List.of(outcome(run, "in_c_shop_lines").outcome(), outcome(run, VIEW).outcome()));
    assertTrue(run.toString(), outcome(run, VIEW).error().contains("401"));
    assertFalse(run.toString(), run.toString().contains(FakeKeboola.TOKEN));
    RunRecord locked = run("fleeting");
    assertEquals(locked.toString(), RunRecord.Outcome.FAILED, locked.outcome());
    assertEquals(3, count("fleeting.in_c_shop_lines"));

    Folders.write(TOKEN, "renewed");
    assertOk(run("fleeting"));
    assertSame("fleeting", ALL);
    assertEquals(lines.rows().size(), count("fleeting.in_c_shop_lines"));
  }

  @Test
  public void aFirstLoadInWindowsIsWholeAfterTheNextRun() throws Exception {
    for (int id = 1; id <= 60; id++) {
      fake.pass(86_400);
      order(id, "day " + id);
    }
    fake.pass(60);
    fake.storage().beforeSlice(() -> order(7, "while it went on"));
    RunRecord run = start("windows", "  tables: {" + ORDERS + ": {window_days: 20}}\n");
    assertOk(run);
    assertEquals(200, count("windows." + VIEW));
    fake.storage().beforeSlice(() -> {});
    fake.pass(60);
    order(61, "after");
    assertEquals("delta", outcome(run("windows"), VIEW).mode());
    assertSame("windows", ALL);
  }
}
