package io.connectorkit.contract;

import io.connectorkit.contract.CheckResult.Outcome;
import io.connectorkit.http.Hidden;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs the checks against one connector. For one thread. */
public final class ContractRun {

  private final Trial trial;
  private final Limits limits;
  private final Hidden hidden;
  private final long begun = System.nanoTime();

  /** Calls nothing yet. */
  public ContractRun(Subject subject, Limits limits) {
    this.trial = new Trial(subject, limits);
    this.limits = limits;
    this.hidden = Secret.hidden(trial);
  }

  /**
   * Runs all checks in their order.
   *
   * @param each gets every result as it comes
   */
  public List<CheckResult> all(Consumer<CheckResult> each) {
    List<CheckResult> results = new ArrayList<>();
    for (Check check : Checks.all()) {
      CheckResult result = one(check);
      results.add(result);
      each.accept(result);
    }
    return results;
  }

  /** Runs one check; what others have read already is not read again. */
  public CheckResult one(Check check) {
    long start = System.nanoTime();
    trial.takeNote();
    if (start - begun > limits.total().toNanos()) {
      return result(check, Outcome.SKIPPED, "the time for all checks, " + limits.total().toSeconds() + " s, is over", start);
    }
    try {
      check.body().look(trial);
      return result(check, Outcome.PASSED, trial.takeNote(), start);
    } catch (NotApplicable e) {
      return result(check, Outcome.SKIPPED, e.getMessage(), start);
    } catch (Violation e) {
      return result(check, Outcome.FAILED, e.getMessage(), start);
    } catch (TimeoutException e) {
      return result(check, Outcome.FAILED, "no answer within " + limits.call().toMillis() / 1000.0 + " s", start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return result(check, Outcome.SKIPPED, "interrupted", start);
    } catch (Exception | LinkageError | AssertionError e) {
      return result(check, Outcome.FAILED, "the connector throws " + Words.failure(e), start);
    }
  }

  private CheckResult result(Check check, Outcome outcome, String message, long start) {
    return new CheckResult(check.id(), outcome, hidden.in(message), outcome == Outcome.FAILED ? check.remedy() : "",
        Duration.ofNanos(System.nanoTime() - start));
  }
}
