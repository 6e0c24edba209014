package io.connectorkit.connector.bigquery;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** Schemas and rows as messages of Arrow IPC. */
final class FakeArrow {

  private FakeArrow() {}

  private interface Serialization {
    void to(WriteChannel channel) throws IOException;
  }

  private static ByteString bytes(Serialization serialization) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WriteChannel channel = new WriteChannel(Channels.newChannel(bytes))) {
      serialization.to(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  static ByteString schema(Schema schema) {
    return bytes(channel -> MessageSerializer.serialize(channel, schema));
  }

  static ByteString batch(Schema schema, List<Object[]> rows) {
    try (BufferAllocator allocator = new RootAllocator(); VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      root.allocateNew();
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < schema.getFields().size(); column++) {
          set(root.getVector(column), row, rows.get(row)[column]);
        }
      }
      root.setRowCount(rows.size());
      try (ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch()) {
        return bytes(channel -> MessageSerializer.serialize(channel, batch));
      }
    }
  }

  private static void set(FieldVector vector, int i, Object value) {
    if (value == null) {
      vector.setNull(i);
    } else if (vector instanceof BigIntVector v) {
      v.setSafe(i, (Long) value);
    } else if (vector instanceof Float8Vector v) {
      v.setSafe(i, (Double) value);
    } else if (vector instanceof BitVector v) {
      v.setSafe(i, (Boolean) value ? 1 : 0);
    } else if (vector instanceof VarCharVector v) {
      v.setSafe(i, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof VarBinaryVector v) {
      v.setSafe(i, (byte[]) value);
    } else if (vector instanceof DecimalVector v) {
      v.setSafe(i, ((BigDecimal) value).setScale(v.getScale()));
    } else if (vector instanceof Decimal256Vector v) {
      v.setSafe(i, ((BigDecimal) value).setScale(v.getScale()));
    } else if (vector instanceof DateDayVector v) {
      v.setSafe(i, (int) ((LocalDate) value).toEpochDay());
    } else if (vector instanceof TimeMicroVector v) {
      v.setSafe(i, ((LocalTime) value).toNanoOfDay() / 1000);
    } else if (vector instanceof TimeStampVector v) {
      Instant instant = value instanceof LocalDateTime time ? time.toInstant(ZoneOffset.UTC) : (Instant) value;
      v.setSafe(i, ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    } else if (vector instanceof IntervalMonthDayNanoVector v) {
      List<?> parts = (List<?>) value;
      Period period = (Period) parts.get(0);
      v.setSafe(i, (int) period.toTotalMonths(), period.getDays(), ((Duration) parts.get(1)).toNanos());
    } else if (vector instanceof ListVector v) {
      List<?> items = (List<?>) value;
      int at = v.startNewValue(i);
      for (int item = 0; item < items.size(); item++) {
        set(v.getDataVector(), at + item, items.get(item));
      }
      v.endValue(i, items.size());
    } else {
      StructVector v = (StructVector) vector;
      v.setIndexDefined(i);
      v.getChildrenFromFields().forEach(child -> set(child, i, ((Map<?, ?>) value).get(child.getName())));
    }
  }
}
