package io.connectorkit.contract;

import io.connectorkit.api.Capability;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.declaration.ConnectorYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the checks of one run share: the subject, and what was read of it already. For one thread. */
public final class Trial {

  /** Looks at one table. */
  @FunctionalInterface
  interface TableBody {
    void look(TableInfo table, Rows sample) throws Exception;
  }

  private static final int NAMED = 3;

  private final Subject subject;
  private final Limits limits;
  private final Heard heard = new Heard();
  private final Calls calls;
  private final Map<String, Rows> samples = new LinkedHashMap<>();
  private final List<String> wrongSecrets = new ArrayList<>();
  private String note = "";
  private List<TableInfo> tables;
  private Exception discoveryFailure;

  Trial(Subject subject, Limits limits) {
    this.subject = subject;
    this.limits = limits;
    this.calls = new Calls(subject, limits, heard);
  }

  Subject subject() {
    return subject;
  }

  Limits limits() {
    return limits;
  }

  Calls calls() {
    return calls;
  }

  Heard heard() {
    return heard;
  }

  /** Adds to what is said although the check is passed. */
  void note(String text) {
    note = note.isEmpty() ? text : note + ", " + text;
  }

  String takeNote() {
    String taken = note;
    note = "";
    return taken;
  }

  /** Remembers a secret that was given to the connector. */
  void told(String secret) {
    wrongSecrets.add(secret);
  }

  /** All secrets that the connector was given, right or wrong. */
  List<String> mustNotBeTold() {
    List<String> all = new ArrayList<>(Secret.values(this));
    all.addAll(wrongSecrets);
    return all;
  }

  /** What connector.yaml says, if it can be read. */
  Optional<ConnectorYaml> yaml() {
    return subject.packaging().flatMap(Packaging::declared);
  }

  /** Asks for the tables, once; throws what the connector throws. */
  List<TableInfo> discover() throws Exception {
    if (tables == null && discoveryFailure == null) {
      if (!(subject.connector() instanceof Discovers)) {
        throw new NotApplicable("the connector does not discover");
      }
      try {
        tables = Objects.requireNonNull(calls.discover(), "discover() answered null");
        tables.forEach(table -> Objects.requireNonNull(table, "discover() answered a list with a table that is null"));
      } catch (Exception e) {
        tables = null;
        discoveryFailure = e;
      }
    }
    if (discoveryFailure != null) {
      throw discoveryFailure;
    }
    return tables;
  }

  /** The tables, for checks that can only work if there are any. */
  List<TableInfo> tables() {
    List<TableInfo> found;
    try {
      found = discover();
    } catch (NotApplicable e) {
      throw e;
    } catch (Exception e) {
      throw new NotApplicable("discovery failed, see discovery-answers");
    }
    if (found.isEmpty()) {
      throw new NotApplicable("the source has no table");
    }
    return found;
  }

  /** Those that can be read. */
  List<TableInfo> readable() {
    if (!(subject.connector() instanceof Reads)) {
      throw new NotApplicable("the connector does not read");
    }
    List<TableInfo> readable = tables().stream().filter(table -> table.capabilities().contains(Capability.READ)).toList();
    if (readable.isEmpty()) {
      throw new NotApplicable("no table can be read");
    }
    return readable;
  }

  /** The rows of a table, read once for all checks. */
  Rows sample(TableInfo table) {
    return samples.computeIfAbsent(table.sourceId(), id -> calls.read(ProbeRequest.all(table)));
  }

  /** Looks at the tables that could be read; those that a check cannot work with are named. */
  void eachTable(TableBody body) throws Exception {
    Map<String, List<String>> left = new LinkedHashMap<>();
    int looked = 0;
    for (TableInfo table : readable()) {
      Rows sample = sample(table);
      String reason = looked == limits.tables() ? "beyond the first " + looked + " tables" : sample.sound() ? "" : "cannot be read";
      if (reason.isEmpty()) {
        try {
          body.look(table, sample);
          looked++;
        } catch (NotApplicable e) {
          reason = e.getMessage();
        }
      }
      if (!reason.isEmpty()) {
        left.computeIfAbsent(reason, each -> new ArrayList<>()).add("'" + table.viewName() + "'");
      }
    }
    String named = left.entrySet().stream().map(entry -> entry.getKey() + ": " + some(entry.getValue())).collect(Collectors.joining("; "));
    if (looked == 0) {
      throw new NotApplicable(named);
    }
    if (!left.isEmpty()) {
      note("left out, " + named);
    }
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(names.size(), NAMED))) + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
  }

  /** The same for tables that were read to their end. */
  void eachWholeTable(TableBody body) throws Exception {
    eachTable((table, sample) -> {
      if (!sample.complete) {
        throw new NotApplicable("more than " + limits.rows() + " rows or " + (limits.bytes() >> 20) + " MiB");
      }
      body.look(table, sample);
    });
  }

  /** Reads once more for a check; a failure is one of the check. */
  Rows again(ProbeRequest request, String how) {
    Rows rows = calls.read(request);
    if (!rows.sound()) {
      throw new Violation(in(request.table()) + how + " fails: " + Words.failure(rows.failure));
    }
    return rows;
  }

  /** How messages begin. */
  static String in(TableInfo table) {
    return "table '" + table.viewName() + "': ";
  }
}
