package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import java.util.List;
import java.util.function.IntConsumer;

/** Ends the process, where its settings say. */
public final class ExitingConnector implements Discovers, Reads {

  /** One that cannot even be made. */
  public static final class AtOnce implements Discovers, Reads {

    /** Made by the component runtime. */
    public AtOnce() {
      Runtime.getRuntime().halt(3);
    }

    @Override
    public List<TableInfo> discover(ConnectorContext context) {
      return List.of();
    }

    @Override
    public BatchSource read(ReadRequest request) {
      return BatchSource.query("SELECT 1 AS id");
    }
  }

  /** Ends the process when it is looked at. */
  public static final class Initialised {

    static final int NUMBER = number();

    private static int number() {
      System.exit(3);
      return 3;
    }
  }

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    if (context.settings().text("does").equals("discover")) {
      System.exit(3);
    }
    return List.of(TableInfo.table("t").column("id", Types.int64()).build());
  }

  @Override
  public BatchSource read(ReadRequest request) {
    switch (request.context().settings().text("does")) {
      case "exit" -> System.exit(3);
      case "runtime" -> Runtime.getRuntime().exit(3);
      case "halt" -> Runtime.getRuntime().halt(3);
      case "reference" -> run(System::exit);
      case "bound" -> run(Runtime.getRuntime()::halt);
      case "lambda" -> run(code -> System.exit(code));
      case "initialiser" -> run(code -> Math.abs(Initialised.NUMBER));
      default -> throw new IllegalArgumentException();
    }
    return BatchSource.query("SELECT range AS id FROM range(3)");
  }

  private static void run(IntConsumer end) {
    end.accept(3);
  }
}
