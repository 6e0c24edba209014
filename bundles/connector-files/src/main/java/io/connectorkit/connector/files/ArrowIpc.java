package io.connectorkit.connector.files;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ReadRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Arrow IPC, the file format and the stream format, told apart by their first bytes. */
final class ArrowIpc implements FileReader {

  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  /** Continuation bytes and a length of zero. */
  private static final long END_MARK = 0xFFFF_FFFF_0000_0000L;

  private static final int CONTINUATION = 0xFFFF_FFFF;

  @Override
  public Schema schema(ConnectorContext context, Source source) {
    Schema first = null;
    for (Path file : source.files()) {
      Schema schema;
      try (ArrowReader reader = open(file, context.allocator())) {
        schema = decoded(reader);
      } catch (IOException | RuntimeException e) {
        throw source.failure("is no Arrow IPC file that can be read: " + Problems.oneLine(e), e);
      }
      first = first == null ? schema : first;
      if (!Source.columns(first).equals(Source.columns(schema))) {
        throw source.failure("the columns of " + file.getFileName() + " (" + Source.columns(schema) + ") are not those of "
            + source.files().get(0).getFileName() + " (" + Source.columns(first) + ")", null);
      }
    }
    requireDistinctNames(source, first);
    return first;
  }

  private static void requireDistinctNames(Source source, Schema schema) {
    Map<String, Long> counts = schema.getFields().stream()
        .collect(Collectors.groupingBy(field -> field.getName().toLowerCase(Locale.ROOT), TreeMap::new, Collectors.counting()));
    counts.values().removeIf(count -> count == 1);
    if (!counts.isEmpty()) {
      throw source.failure("the column names " + counts.keySet() + " stand more than once, also without regard to case", null);
    }
  }

  @Override
  public BatchSource read(ReadRequest request, Source source) {
    return BatchSource.of(new ArrowFilesReader(request, source));
  }

  static ArrowReader open(Path file, BufferAllocator allocator) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file);
    try {
      ByteBuffer start = ByteBuffer.allocate(MAGIC.length);
      while (start.hasRemaining() && channel.read(start) >= 0) {
        continue;
      }
      channel.position(0);
      if (Arrays.equals(start.array(), MAGIC)) {
        return new ArrowFileReader(channel, allocator);
      }
      // The reader would take the first bytes of any other file for a length and try to allocate that much.
      if (start.hasRemaining() || start.getInt(0) != CONTINUATION) {
        throw new IOException("it begins like neither the file nor the stream format");
      }
      return new ArrowStreamReader(channel, allocator);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether a stream ends with a message of length zero. */
  static boolean hasEndMark(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer end = ByteBuffer.allocate(Long.BYTES);
      channel.position(Math.max(0, channel.size() - Long.BYTES));
      while (end.hasRemaining() && channel.read(end) >= 0) {
        continue;
      }
      return !end.hasRemaining() && end.getLong(0) == END_MARK;
    }
  }

  /** The schema with the values of dictionaries in place of their numbers. */
  static Schema decoded(ArrowReader reader) throws IOException {
    Map<Long, Dictionary> dictionaries = reader.getDictionaryVectors();
    return new Schema(reader.getVectorSchemaRoot().getSchema().getFields().stream().map(field -> decoded(field, dictionaries)).toList());
  }

  private static Field decoded(Field field, Map<Long, Dictionary> dictionaries) {
    if (field.getDictionary() == null) {
      return field;
    }
    Field values = dictionaries.get(field.getDictionary().getId()).getVector().getField();
    return new Field(field.getName(), new FieldType(field.isNullable(), values.getType(), null, field.getMetadata()), values.getChildren());
  }
}
