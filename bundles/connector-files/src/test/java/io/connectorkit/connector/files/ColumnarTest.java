package io.connectorkit.connector.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnarTest {

  @TempDir Path folder;
  private FolderProbe probe;

  @BeforeEach
  void open() {
    probe = new FolderProbe(folder);
  }

  @AfterEach
  void nothingIsLeftOver() {
    probe.close();
  }

  /** Two batches with a number and a dictionary-encoded text each. */
  private void writeArrow(String name, boolean stream) throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        VarCharVector words = new VarCharVector("words", allocator);
        VarCharVector text = new VarCharVector("word", allocator);
        SmallIntVector number = new SmallIntVector("n", allocator);
        OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      fill(words, "one", "two");
      fill(text, "two", null, "one");
      for (int i = 0; i < 3; i++) {
        number.setSafe(i, i + 1);
      }
      number.setValueCount(3);
      Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(7, false, null));
      try (FieldVector encoded = (FieldVector) DictionaryEncoder.encode(text, dictionary);
          VectorSchemaRoot root = VectorSchemaRoot.of(number, encoded)) {
        var provider = new DictionaryProvider.MapDictionaryProvider(dictionary);
        try (ArrowWriter writer = stream ? new ArrowStreamWriter(root, provider, Channels.newChannel(out))
            : new ArrowFileWriter(root, provider, Channels.newChannel(out))) {
          writer.writeBatch();
          writer.writeBatch();
          writer.end();
        }
      }
    }
  }

  private static void fill(VarCharVector vector, String... values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        vector.setNull(i);
      } else {
        vector.setSafe(i, values[i].getBytes(StandardCharsets.UTF_8));
      }
    }
    vector.setValueCount(values.length);
  }

  private void writeParquet(String name, String query) throws Exception {
    try (var connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties()); var statement = connection.createStatement()) {
      statement.execute("COPY (" + query + ") TO '" + folder.resolve(name) + "' (FORMAT parquet)");
    }
  }

  @Test
  void readsArrowFilesAndStreamsWithDictionariesDecoded() throws IOException {
    writeArrow("file.arrow", false);
    writeArrow("stream.arrows", true);
    List<List<Object>> batch = List.of(Arrays.asList((short) 1, "two"), Arrays.asList((short) 2, null), Arrays.asList((short) 3, "one"));
    List<List<Object>> expected = new ArrayList<>(batch);
    expected.addAll(batch);
    assertEquals(expected, probe.rows("file"));
    assertEquals(expected, probe.rows("stream"));
    assertEquals(2L, probe.query("file", "SELECT count(*) AS n FROM t WHERE word = 'one'").get(0).get("n"));
    probe.options("*.arrow*", Map.of("as", "both", "format", "arrow"));
    assertEquals(12, probe.rows("both").size());
  }

  @Test
  void refusesBrokenArrowFiles() throws IOException {
    writeArrow("cut.arrow", false);
    byte[] whole = Files.readAllBytes(folder.resolve("cut.arrow"));
    Files.write(folder.resolve("cut.arrow"), Arrays.copyOf(whole, whole.length - 20));
    probe.write("text.arrow", "no arrow at all, but long enough to look like something");
    probe.write("empty.arrow", "");
    probe.fails("cut", "cut.arrow");
    probe.fails("text", "text.arrow");
    probe.fails("empty", "empty.arrow");
  }

  @Test
  void refusesAnArrowStreamThatEndsEarly() throws IOException {
    writeArrow("cut.arrows", true);
    byte[] whole = Files.readAllBytes(folder.resolve("cut.arrows"));
    Files.write(folder.resolve("cut.arrows"), Arrays.copyOf(whole, whole.length - 8));
    probe.fails("cut", "cut.arrows", "end");
  }

  @Test
  void refusesAnArrowFileThatChangesWhileItIsRead() throws IOException {
    writeArrow("t.arrow", false);
    Path file = folder.resolve("t.arrow");
    Exception failure = assertThrows(Exception.class, () -> probe.read("t", batch -> {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    }));
    assertTrue(failure.getMessage().contains("t.arrow"), failure.getMessage());
  }

  @Test
  void readsParquetAsItIs() throws Exception {
    writeParquet("p.parquet", "SELECT 7::TINYINT AS a, DATE '2026-01-31' AS d, ['x'] AS l, {'k': 1} AS s");
    assertEquals("[a Int(8, true), d Date(DAY), l List, s Struct]", probe.columns("p").toString());
    assertEquals(1, probe.rows("p").size());
  }

  @Test
  void readsParquetFilesOfTheSameColumnsAsOneTable() throws Exception {
    writeParquet("a1.parquet", "SELECT 1 AS a");
    writeParquet("a2.parquet", "SELECT 2 AS a");
    probe.options("a*.parquet", Map.of("as", "a"));
    assertEquals(List.of(List.of(1), List.of(2)), probe.rows("a"));
    writeParquet("a3.parquet", "SELECT 3 AS a, 4 AS b");
    probe.fails("a", "a3.parquet", "a1.parquet");
  }

  @Test
  void refusesParquetThatIsNone() throws Exception {
    probe.write("bad.parquet", "PAR1 not really PAR1");
    writeParquet("good.parquet", "SELECT 1 AS a");
    probe.fails("bad", "bad.parquet");
    assertEquals(1, probe.rows("good").size());
  }
}
