package io.connectorkit.itests.scripted;

import io.connectorkit.api.Capability;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.RemoteAttach;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a script says of tables that are attached, behind {@code attach} for all of them, and behind {@code NAME.relation} for each. */
public final class Attachments {

  private Attachments() {}

  static List<TableInfo> tables(ConnectorContext context) {
    return Script.read(context.settings().text("script")).tables().stream().map(Attachments::info).toList();
  }

  private static TableInfo info(Script.Table table) {
    Set<Capability> can = Stream.of(table.text("can", "remote").split(",")).map(label -> Capability.ofLabel(label).orElseThrow())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Capability.class)));
    return TableInfo.table(table.source()).as(table.text("view", table.name())).can(can).key("id").column("id", Types.int64())
        .column(table.text("column", "name"), Types.text()).build();
  }

  static Script.Table table(ConnectorContext context, TableInfo table) {
    return Script.read(context.settings().text("script")).tables().stream().filter(each -> each.source().equals(table.sourceId())).findFirst()
        .orElseThrow();
  }

  static RemoteAttach attach(ConnectorContext context, List<TableInfo> tables) {
    Script.Table all = Script.read(context.settings().text("script")).table("attach");
    all.failAfter(0);
    if (!all.text("gate", "").isEmpty()) {
      Gate.pass(Path.of(all.text("gate", "")), context.cancellation());
    }
    RemoteAttach attach = RemoteAttach.of(all.text("alias", "src"), all.text("extension", "duckdb"), all.text("url", ""))
        .tokenIn(all.text("token", ""));
    for (TableInfo table : tables) {
      String relation = table(context, table).text("relation", "shop." + table.viewName());
      if (relation.startsWith("call ")) {
        String[] words = relation.split(" ");
        attach = attach.withCall(table, words[1], Stream.of(words).skip(2).toArray(String[]::new));
      } else if (!relation.equals("none")) {
        attach = attach.with(table, relation.split("\\."));
      }
    }
    return attach;
  }
}
