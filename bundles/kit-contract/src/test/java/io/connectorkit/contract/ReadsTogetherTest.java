package io.connectorkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.JointRead;
import io.connectorkit.api.ReadsTogether;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Types;
import io.connectorkit.api.Watermark;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One table of a walk that feeds several. */
@Timeout(20)
class ReadsTogetherTest {

  private static final TableInfo ISSUES = TableInfo.table("issues").key("id").column("id", Types.int64()).build();

  private static BatchSource read(ConnectorProbe probe, Consumer<JointRead> walk) {
    ReadsTogether connector = walk::accept;
    return connector.read(probe.request(ISSUES, 10));
  }

  private static List<Object> ids(ConnectorProbe probe, Consumer<JointRead> walk) throws Exception {
    ReadsTogether connector = walk::accept;
    return probe.rows(connector, ISSUES, 10).stream().map(row -> row.get(0)).toList();
  }

  private static void change(JointRead read) {
    read.full("organizations");
    read.accept(new Changes().upsert("comments", Map.of("id", 7)).replace("issues", Map.of("id", 1), List.of(Map.of("id", 1), Map.of("id", 2))));
    read.giveUp("comments", ConnectorException.permanent("not whole", null));
    read.endAt(Watermark.opaque("later"));
  }

  @Test
  void itsRowsAndItsEndAreThoseOfTheWalk() throws Exception {
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      assertEquals(List.of(1L, 2L), ids(probe, ReadsTogetherTest::change));
      BatchSource source = read(probe, ReadsTogetherTest::change);
      assertEquals(BatchSource.Mode.AS_ASKED, source.end().mode());
      try (ArrowReader reader = ((BatchSource.Batches) source).reader()) {
        while (reader.loadNextBatch()) {
          assertEquals(2, reader.getVectorSchemaRoot().getRowCount());
        }
      }
      assertEquals(Watermark.opaque("later"), source.end().watermark().get());
    }
  }

  @Test
  void aTableThatComesAsAWholeSaysSo() throws Exception {
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      BatchSource source = read(probe, walk -> {
        walk.full("issues");
        change(walk);
      });
      assertEquals(BatchSource.Mode.FULL, source.end().mode());
      ((BatchSource.Batches) source).reader().close();
    }
  }

  @Test
  void aTableThatIsGivenUpFails() {
    try (ConnectorProbe probe = new ConnectorProbe(Map.of(), Map.of())) {
      ConnectorException reason = ConnectorException.transientFailure("who knows", null, null);
      assertEquals(reason, assertThrows(ConnectorException.class, () -> ids(probe, walk -> {
        change(walk);
        walk.giveUp("issues", reason);
      })));
    }
  }
}
