package io.connectorkit.contract;

import io.connectorkit.api.AttachesRemote;
import io.connectorkit.api.Capability;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.TableInfo;
import io.connectorkit.declaration.AttachmentForm;
import io.connectorkit.declaration.ConnectorYaml;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How DuckDB gets at the source, as the connector says. Nothing is attached: the extension may not be here. */
final class RemoteChecks {

  private RemoteChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("attachment-is-well-formed", "attach() answers with an alias that is an identifier, the name of an extension, and a url of one line"
            + " that leads to one host and holds no credentials", "all of it ends up in SQL, and the host refuses what could mean something else there",
            "use a short alias, the extension's own name, and an https address or words such as project=…", RemoteChecks::form),
        new Check("attachment-token-is-declared", "the token variable of an attachment is one that connector.yaml declares",
            "a connector that could name any variable could have any secret of the host sent anywhere",
            "declare the variable under auth.env_vars, or name none", RemoteChecks::variable),
        new Check("attachment-tells-no-secret", "no secret stands in what attach() answers", "it is stored in the extract, and shown",
            "name the variable with tokenIn(…), and leave its value to the host", RemoteChecks::secret),
        new Check("remote-tables-have-relations", "attach() says for each table that it is asked for what stands behind it: names, or a function of the"
            + " extension with its arguments", "a table without one fails each run, and another function could read the host's files",
            "call with(…) or withCall(…) for every table", RemoteChecks::relations));
  }

  private static List<TableInfo> tables(Trial trial) {
    if (!(trial.subject().connector() instanceof AttachesRemote)) {
      throw new NotApplicable("the connector does not attach");
    }
    List<TableInfo> tables = trial.tables().stream().filter(table -> table.capabilities().contains(Capability.REMOTE)).toList();
    if (tables.isEmpty()) {
      throw new NotApplicable("no table can be attached");
    }
    return tables;
  }

  private static RemoteAttach attach(Trial trial, List<TableInfo> tables) throws Exception {
    AttachesRemote connector = (AttachesRemote) trial.subject().connector();
    return Objects.requireNonNull(trial.calls().with(probe -> connector.attach(probe.context(), tables)), "attach() answered null");
  }

  private static void form(Trial trial) throws Exception {
    violated(AttachmentForm.of(attach(trial, tables(trial))));
  }

  private static void variable(Trial trial) throws Exception {
    Set<String> declared = trial.yaml().map(ConnectorYaml::variables).orElseThrow(() -> new NotApplicable("there is no connector.yaml"))
        .stream().map(ConnectorYaml.Variable::name).collect(Collectors.toSet());
    violated(AttachmentForm.variable(attach(trial, tables(trial)), declared));
  }

  private static void secret(Trial trial) throws Exception {
    List<String> secrets = Secret.values(trial);
    RemoteAttach attach = attach(trial, tables(trial));
    if (secrets.isEmpty()) {
      throw new NotApplicable("the instance has no secret");
    }
    violated(AttachmentForm.secret(attach, secrets));
  }

  private static void relations(Trial trial) throws Exception {
    List<TableInfo> tables = tables(trial);
    RemoteAttach attach = attach(trial, tables);
    tables.forEach(table -> violated(AttachmentForm.relation(attach, table.viewName(), attach.tables().get(table.sourceId()))));
  }

  private static void violated(Optional<String> problem) {
    problem.ifPresent(text -> {
      throw new Violation(text);
    });
  }
}
