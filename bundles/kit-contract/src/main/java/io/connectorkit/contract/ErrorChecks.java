package io.connectorkit.contract;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Schema;

/** What a connector says when something is wrong, and what it must never say. */
final class ErrorChecks {

  private static final int LONGEST = 1_000;
  private static final String UNKNOWN = "kit_contract_no_such_table";

  private ErrorChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("unknown-table-is-refused", "a table that is not there is refused with a ConnectorException that is not transient",
            "it was there when the tables were listed: to deliver no rows would empty the published table, to try again would never end",
            "throw ConnectorException.permanent with the table's name", ErrorChecks::unknown),
        new Check("errors-are-one-line", "the message of an error is one line of at most 1,000 characters, and says something",
            "people read it in a list of tables", "say what is wrong, where, and what to do; put the rest into the cause", ErrorChecks::oneLine),
        new Check("wrong-secret-is-an-authentication-error", "a secret that the source refuses gives ConnectorException.authentication",
            "the host stops the run and tells the operator which variable to look at, rather than trying again",
            "throw ConnectorException.authentication where the source answers 401, or what stands for it", ErrorChecks::wrongSecret),
        new Check("secrets-are-not-told", "no secret stands in a message, in the log, or in what is said about tables",
            "messages and schemas are stored, sent and shown", "leave secrets, and URLs that hold them, out of all texts", ErrorChecks::notTold));
  }

  private static void unknown(Trial trial) {
    TableInfo unknown = unknownTable(trial);
    Rows rows = trial.calls().read(ProbeRequest.all(unknown));
    String where = "table '" + UNKNOWN + "', which is not there: ";
    if (rows.late) {
      throw new Violation(where + "no answer within " + trial.limits().call().toSeconds() + " s");
    }
    if (rows.sound()) {
      throw new Violation(where + "it is read without an error, " + rows.rows.size() + " rows");
    }
    if (!(rows.failure instanceof ConnectorException typed)) {
      throw new Violation(where + "the error is a " + Words.failure(rows.failure) + ", and must be a ConnectorException");
    }
    if (typed.kind() == ConnectorException.Kind.TRANSIENT) {
      throw new Violation(where + "the error is transient (" + Words.failure(typed) + "), as if it could be there the next time");
    }
  }

  private static TableInfo unknownTable(Trial trial) {
    Schema schema = trial.readable().get(0).schema();
    return TableInfo.table(UNKNOWN).columns(schema).build();
  }

  private static void oneLine(Trial trial) {
    Rows rows = trial.calls().read(ProbeRequest.all(unknownTable(trial)));
    if (!(rows.failure instanceof ConnectorException failure)) {
      throw new NotApplicable("no error, see unknown-table-is-refused");
    }
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    String wrong = message.isBlank() ? "is empty" : message.length() > LONGEST ? "has " + message.length() + " characters"
        : message.chars().anyMatch(Character::isISOControl) ? "has control characters or several lines" : "";
    if (!wrong.isEmpty()) {
      throw new Violation("the message about a table that is not there " + wrong + ": " + Words.quoted(message));
    }
  }

  /** Once, for the list of tables or else for one table: a source may lock out who comes with wrong credentials too often. */
  private static void wrongSecret(Trial trial) throws Exception {
    trial.tables();
    Calls calls = calls(trial, "kit-contract-" + UUID.randomUUID());
    String where = "discover()";
    Throwable failure = null;
    try {
      calls.discover();
    } catch (Exception e) {
      failure = e;
    }
    if (failure == null) {
      TableInfo table = trial.readable().get(0);
      where = Trial.in(table) + "a read";
      failure = calls.read(ProbeRequest.all(table)).failure;
    }
    if (failure == null) {
      throw new NotApplicable("the source answers whatever the secret");
    }
    if (!(failure instanceof ConnectorException typed) || typed.kind() != ConnectorException.Kind.AUTHENTICATION) {
      throw new Violation(where + " with a wrong secret: the error is a " + Words.failure(failure)
          + (failure instanceof ConnectorException other ? " of kind " + other.kind() : "") + ", and must be a ConnectorException of kind AUTHENTICATION");
    }
  }

  private static Calls calls(Trial trial, String secret) {
    Set<String> variables = new HashSet<>(trial.subject().secrets().keySet());
    Set<String> settings = Secret.settingNames(trial);
    if (variables.isEmpty() && settings.isEmpty()) {
      throw new NotApplicable("the instance has no secret");
    }
    trial.told(secret);
    return trial.calls().with(Secret.replaced(trial.subject().settings(), settings, secret),
        Secret.replaced(trial.subject().secrets(), variables, secret));
  }

  private static void notTold(Trial trial) throws Exception {
    List<String> secrets = trial.mustNotBeTold();
    if (secrets.isEmpty()) {
      throw new NotApplicable("the instance has no secret");
    }
    for (String secret : secrets) {
      trial.heard().placeOf(secret).ifPresent(place -> {
        throw new Violation("a secret stands in " + place);
      });
      for (TableInfo table : trial.tables()) {
        if (table.toString().contains(secret) || table.schema().toJson().contains(secret)) {
          throw new Violation(Trial.in(table) + "a secret stands in its name, description or schema");
        }
      }
    }
  }
}
