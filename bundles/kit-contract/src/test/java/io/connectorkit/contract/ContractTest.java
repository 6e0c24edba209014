package io.connectorkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import io.connectorkit.contract.CheckResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Each check is worth something: a connector that breaks its rule fails it, and no other (K1, K4, K7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {

  private static final Limits LIMITS = new Limits(1000, 1 << 20, 10, Duration.ofSeconds(5), Duration.ofMinutes(2));

  private final FaultyConnectors faulty = new FaultyConnectors();
  private final StringBuilder table = new StringBuilder("check | what it says of its faulty connector");

  /** Surefire keeps what a test reports to itself; the log it shows. */
  @AfterAll
  void print() {
    faulty.end();
    System.getLogger(ContractTest.class.getName()).log(System.Logger.Level.INFO, table.toString());
  }

  private static List<CheckResult> run(Subject subject) {
    return new ContractRun(subject, LIMITS).all(result -> { });
  }

  @Test
  void aGoodConnectorPassesAll() {
    List<CheckResult> results = run(new Shop().packed());
    assertEquals(List.of(), ids(results, Outcome.FAILED), results.toString());
    Set<String> served = ServerChecks.all().stream().map(Check::id).collect(Collectors.toSet());
    served.addAll(Set.of("end-watermark-is-accepted", "required-columns-are-filled"));
    Set<String> live = Stream.concat(RemoteChecks.all().stream(), StreamChecks.all().stream()).map(Check::id).collect(Collectors.toSet());
    served.addAll(live);
    assertEquals(served, Set.copyOf(ids(results, Outcome.SKIPPED)));
    results = run(new LiveShop().packed());
    assertEquals(List.of(), ids(results, Outcome.FAILED), results.toString());
    assertTrue(ids(results, Outcome.PASSED).containsAll(live), results.toString());
    results = run(new WebShop().packed());
    assertEquals(List.of(), ids(results, Outcome.FAILED), results.toString());
    assertTrue(ids(results, Outcome.PASSED).containsAll(ServerChecks.all().stream().map(Check::id).toList()), results.toString());
  }

  private static List<String> ids(List<CheckResult> results, Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).map(CheckResult::id).toList();
  }

  @Test
  void aSourceWithoutTablesPassesWithANote() { // K3
    List<CheckResult> results = run(new Shop() {
      @Override
      public List<TableInfo> discover(ConnectorContext context) {
        super.discover(context);
        return List.of();
      }
    }.packed());
    assertEquals(List.of(), ids(results, Outcome.FAILED), results.toString());
    assertTrue(results.toString().contains("id=discovery-answers, outcome=PASSED, message=the source has no table"), results.toString());
  }

  /** A test is no full extraction (K5), and looks at every table all the same (K2). */
  @Test
  void aLargeTableIsReadToTheLimitAndNoFurther() {
    AtomicLong most = new AtomicLong();
    TableInfo endless = TableInfo.table("endless").key("n").column("n", Types.int64()).build();
    List<CheckResult> results = run(new Shop().with(endless, request ->
        BatchSource.rows(request, LongStream.iterate(0, n -> n + 1).peek(n -> most.accumulateAndGet(n, Math::max)).mapToObj(n -> new Object[] {n}))).packed());
    assertEquals(List.of(), ids(results, Outcome.FAILED), results.toString());
    assertTrue(most.get() >= 1000 && most.get() < 3000, "read to row " + most.get());
    assertTrue(results.toString().contains("left out, more than 1000 rows or 1 MiB: 'endless'"), results.toString());
  }

  @Test
  void everyCheckHasItsFaultyConnectorAndItsWords() {
    List<String> ids = Checks.all().stream().map(Check::id).toList();
    assertEquals(ids, List.copyOf(new LinkedHashSet<>(ids)), "ids are unique");
    assertEquals(Set.copyOf(ids), faulty.all().keySet());
    for (Check check : Checks.all()) {
      assertTrue(Stream.of(check.demands(), check.why(), check.remedy()).allMatch(text -> text.length() > 10 && !text.contains("\n")), check.id());
    }
  }

  @Test
  void theReadmeHasEveryCheckInItsWords() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    for (Check check : Checks.all()) {
      assertTrue(readme.contains("| `" + check.id() + "` | " + check.demands() + " | " + check.why() + " |"), check.id());
    }
    assertTrue(readme.contains("as code: " + (Checks.all().size() + 1) + " checks"), "with the one that only a host can do");
  }

  @TestFactory
  Stream<DynamicTest> eachFaultFailsItsOwnCheckAndNoOther() {
    return faulty.all().entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> failsOnly(entry)));
  }

  /** A10, H: each thing that can be wrong with an attachment or with changes is found, each by its own check. */
  @TestFactory
  Stream<DynamicTest> eachOfManyFaultsIsFound() {
    return faulty.more().stream().map(fault -> DynamicTest.dynamicTest(fault.check() + ": " + fault.words(), () -> {
      List<CheckResult> failed = run(fault.subject().get()).stream().filter(result -> result.outcome() == Outcome.FAILED).toList();
      assertEquals(List.of(fault.check()), failed.stream().map(CheckResult::id).toList(), failed.toString());
      assertTrue(failed.get(0).message().contains(fault.words()), failed.toString());
    }));
  }

  private void failsOnly(Map.Entry<String, Supplier<Subject>> entry) {
    List<CheckResult> failed = run(entry.getValue().get()).stream().filter(result -> result.outcome() == Outcome.FAILED).toList();
    assertEquals(List.of(entry.getKey()), failed.stream().map(CheckResult::id).toList(), failed.toString());
    CheckResult result = failed.get(0);
    assertTrue(!result.line().contains("\n") && !result.line().contains(Shop.TOKEN), result.line());
    table.append('\n').append(result.id()).append(" | ").append(result.line());
  }
}
