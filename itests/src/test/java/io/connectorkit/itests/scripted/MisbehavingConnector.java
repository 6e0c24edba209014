package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One table, and a {@link Misdeed}. */
public class MisbehavingConnector implements Discovers, Reads {

  static {
    Misdeed.commit("initialiser");
  }

  /** Made by the component runtime. */
  public MisbehavingConnector() {
    Misdeed.commit("constructor");
  }

  /** No component can be made of it. */
  public abstract static class Unfinished extends MisbehavingConnector {}

  /** Says that there is something in it, and has nothing to give. */
  private static final class Hollow extends AbstractList<TableInfo> {

    @Override
    public TableInfo get(int index) {
      throw new IllegalStateException("no table is left");
    }

    @Override
    public int size() {
      return 1;
    }
  }

  private static TableInfo table(String name) {
    return TableInfo.table(name).as("t").column("id", Types.int64()).build();
  }

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    Misdeed.commit("discovery");
    return switch (Misdeed.at("tables")) {
      case "null" -> null;
      case "one null" -> new ArrayList<>(Arrays.asList(table("t"), null));
      case "one name" -> List.of(table("one"), table("other"));
      case "hollow" -> new Hollow();
      default -> List.of(table("t"));
    };
  }

  @Override
  public BatchSource read(ReadRequest request) {
    Misdeed.commit("read");
    switch (Misdeed.at("rows")) {
      case "threads" -> Misdeed.forkOnAndOn(request.context().cancellation());
      case "cancel" -> Misdeed.hangWhenCancelled(request.context().cancellation());
      case "memory" -> request.context().allocator().buffer(64 << 20);
      default -> Thread.onSpinWait();
    }
    return switch (Misdeed.at("rows")) {
      case "null" -> null;
      case "sql" -> BatchSource.query("DROP TABLE id; SELECT 1 AS id");
      default -> BatchSource.query("SELECT range AS id FROM range(3)");
    };
  }
}
