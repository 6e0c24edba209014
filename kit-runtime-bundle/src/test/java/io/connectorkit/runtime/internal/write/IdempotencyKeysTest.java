package io.connectorkit.runtime.internal.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.Types;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void close() {
    allocator.close();
  }

  private String key(String write, String purpose, long firstRow, String... texts) {
    try (VectorSchemaRoot batch = VectorSchemaRoot.create(new Schema(List.of(Field.nullable("name", Types.text()))), allocator)) {
      VarCharVector names = (VarCharVector) batch.getVector(0);
      for (int i = 0; i < texts.length; i++) {
        if (texts[i] == null) {
          names.setNull(i);
        } else {
          names.setSafe(i, texts[i].getBytes(StandardCharsets.UTF_8));
        }
      }
      batch.setRowCount(texts.length);
      return new IdempotencyKeys(write, false, purpose).of(firstRow, batch);
    }
  }

  @Test
  void theSameBatchHasTheSameKeyInEveryProcess() {
    assertEquals(key("w", "shop", 1, "a", null, ""), key("w", "shop", 1, "a", null, ""));
    assertTrue(key("w".repeat(64), "shop", Long.MAX_VALUE, "a").matches("[A-Za-z0-9_-]{1,120}"));
  }

  @Test
  void whateverDiffersHasAnotherKey() {
    String key = key("w", "shop", 1, "a", "b");
    for (String other : List.of(key("v", "shop", 1, "a", "b"), key("w", "bank", 1, "a", "b"), key("w", "shop", 3, "a", "b"),
        key("w", "shop", 1, "b", "a"), key("w", "shop", 1, "a", "c"), key("w", "shop", 1, "a"), key("w", "shop", 1, "a", null))) {
      assertNotEquals(key, other);
    }
    assertNotEquals(key("w", "shop", 1, ""), key("w", "shop", 1, (String) null));
  }
}
