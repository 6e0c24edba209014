package io.connectorkit.runtime.internal.status;

import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.InstanceStatus.State;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import io.connectorkit.runtime.internal.isolation.Sayable;
import io.connectorkit.runtime.internal.registry.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;

/**
 * Walks the way of a connector: file, bundle, component, configuration, last run. The first thing that is wrong is marked, with its reason
 * and what to do; what comes after it was not reached.
 */
final class Explanation {

  private static final Pattern BETWEEN_PROBLEMS = Pattern.compile("; (?=KIT-\\d{4} )");

  private final List<String> lines = new ArrayList<>();
  private boolean wrong;

  /** What became of a file, in one line. */
  static String of(DeployedFile file) {
    String text = "file " + Sayable.line(file.file()) + ": " + file.state();
    return text + (file.reason().isEmpty() ? "" : ": " + file.reason()) + (file.note().isEmpty() ? "" : " (" + file.note() + ")");
  }

  /** The way of an instance, step by step. */
  static List<String> of(Candidate candidate, InstanceStatus status, Optional<DeployedFile> file, Optional<RunRecord> last) {
    Explanation explanation = new Explanation();
    explanation.lines.add("instance " + status.instance() + " of connector '" + status.connector() + "': " + status.state());
    explanation.deployment(candidate, status, file);
    explanation.configuration(candidate, status);
    explanation.run(status, last);
    return explanation.lines;
  }

  private void deployment(Candidate candidate, InstanceStatus status, Optional<DeployedFile> file) {
    if (candidate.bundle() == null) {
      if (candidate.declaration() == null && !candidate.connector().isEmpty()) {
        fail("connector", candidate.reason(), candidate.remedy());
      }
      return;
    }
    file.ifPresent(each -> pass(of(each)));
    String bundle = "bundle " + status.bundle();
    if (candidate.bundle().getState() != Bundle.ACTIVE) {
      fail(bundle, candidate.reason(), candidate.remedy());
    } else if (status.state() == State.REJECTED) {
      pass(bundle + " is started");
      fail("declaration", candidate.reason(), candidate.remedy());
    } else if (status.state() == State.STARTING || candidate.state() == State.FAILED) {
      pass(bundle + " is started");
      fail("component", candidate.reason(), candidate.remedy());
    } else {
      pass(bundle + " is started, capabilities " + status.capabilities());
    }
  }

  private void configuration(Candidate candidate, InstanceStatus status) {
    if (candidate.instance() == null) {
      if (!wrong) {
        fail("configuration", candidate.reason(), candidate.remedy());
      }
      return;
    }
    var file = candidate.instance().config().file();
    pass("configuration " + (file.file() == null ? "not needed" : file.file()) + (candidate.reason().isEmpty() ? "" : "; " + candidate.reason()));
    file.schedule().ifPresent(schedule -> pass("schedule " + schedule.text() + " (" + schedule.zone() + ")"
        + (status.nextRun() == null ? "" : ", next run " + status.nextRun())));
  }

  private void run(InstanceStatus status, Optional<RunRecord> last) {
    String text = last.map(run -> "last run " + run.run() + ": " + run.outcome() + ", " + run.tables().size() + " tables, " + run.rows()
        + " rows" + remote(run))
        .orElse("no run yet");
    if (!wrong && status.state() == State.FAILED) {
      fail(text, status.reason(), "see 'kit runs', then 'kit extract " + status.instance() + "'");
    } else {
      pass(text + last.filter(run -> run.outcome() != RunRecord.Outcome.OK).map(run -> "; " + InstanceService.error(run)).orElse(""));
    }
  }

  private static String remote(RunRecord run) {
    List<String> tables = run.tables().stream().filter(table -> table.mode().equals("remote")).map(TableOutcome::table).toList();
    return tables.isEmpty() ? "" : ", queried at their source " + tables;
  }

  private void pass(String step) {
    lines.add((wrong ? "         " : "  ok     ") + step);
  }

  private void fail(String step, String reasons, String remedy) {
    wrong = true;
    for (String reason : BETWEEN_PROBLEMS.split(reasons)) {
      lines.add("  WRONG  " + step + ": " + reason + (remedy.isEmpty() ? "" : "; " + remedy));
    }
  }
}
