package io.connectorkit.connector.files;

import static java.util.Arrays.asList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.TableInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

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

  @Test
  void tellsTypesThatLoseNothing() throws IOException {
    probe.write("t.csv", "i,d,b,day,at,instant,time,s\n1,1.50,true,2026-01-31,2026-01-31T10:00,2026-01-31 10:00:00+02:00,10:00:00,x\n"
        + "-20,1e3,False,1999-12-31,2026-01-31 10:00:00.5,2026-01-31T10:00:00Z,23:59:59,\n");
    assertEquals(List.of(
        asList(1L, 1.5, true, LocalDate.of(2026, 1, 31), LocalDateTime.of(2026, 1, 31, 10, 0), Instant.parse("2026-01-31T08:00:00Z"),
            LocalTime.of(10, 0), "x"),
        asList(-20L, 1000.0, false, LocalDate.of(1999, 12, 31), LocalDateTime.parse("2026-01-31T10:00:00.5"),
            Instant.parse("2026-01-31T10:00:00Z"), LocalTime.of(23, 59, 59), null)), probe.rows("t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"007", "00M", "+7", "1_000", " 7", "12345678901234567890", "0.1234567890123456789", "01/02/2026", "2026-02-30",
      "None", "NA", "null", "NaN", "inf", "1,5", "0x10", "24:00:01", "2026-1-2", "#1", "1e400"})
  void keepsTextThatATypeWouldChange(String text) throws IOException {
    probe.write("t.csv", "v,n\n\"" + text + "\",1\n,2\n");
    assertEquals(List.of(asList(text, 1L), asList(null, 2L)), probe.rows("t"));
  }

  @Test
  void refusesALateValueThatIsNotOfTheType() throws IOException {
    String rows = "1,2\n".repeat(CsvReader.SAMPLE);
    probe.write("late.csv", "a,b\n" + rows + "1,x9\n");
    probe.fails("late", "late.csv", "'b'", "'x9'", "BIGINT", "text: true");
    probe.write("late.csv", "a,b\n" + rows + "007,3\n");
    probe.fails("late", "late.csv", "'a'", "'007'");
    probe.configure(Map.of("text", true));
    assertEquals(List.of("007", "3"), probe.rows("late").get(CsvReader.SAMPLE));
  }

  @Test
  void keepsColumnNamesAsTheyAre() throws IOException {
    probe.write("t.csv", "Cost: Repair (Total $),\"a \"\"quoted\"\" one\",it's,a;b,filename\n1,2,3,4,5\n");
    assertEquals(List.of("Cost: Repair (Total $)", "a \"quoted\" one", "it's", "a;b", "filename"),
        probe.table("t").schema().getFields().stream().map(field -> field.getName()).toList());
    assertEquals(List.of(List.of(1L, 2L, 3L, 4L, 5L)), probe.rows("t"));
  }

  @Test
  void makesDoubleAndAbsentColumnNamesDistinct() throws IOException {
    probe.write("t.csv", "a,A,,a_2,a\n1,2,3,4,5\n");
    TableInfo table = probe.table("t");
    assertEquals(List.of("a", "A_3", "column_3", "a_2", "a_4"), table.schema().getFields().stream().map(field -> field.getName()).toList());
    assertTrue(table.schema().findField("A_3").getMetadata().get(TableInfo.DESCRIPTION).contains("'A'"));
    assertEquals(List.of(List.of(1L, 2L, 3L, 4L, 5L)), probe.rows("t"));
  }

  @Test
  void tellsAnEmptyCellFromAnEmptyText() throws IOException {
    probe.write("t.csv", "a,b,n\n,\"\",1\nx,y,\"\"\n\n");
    assertEquals(List.of(asList(null, "", 1L), asList("x", "y", null)), probe.rows("t"));
  }

  @Test
  void readsQuotesLineBreaksAndByteOrderMark() throws IOException {
    probe.write("t.csv", "\uFEFF\"a,b\",c\r\n\"1\n2\",\"say \"\"x\"\"\"\r\n3,é\r\n");
    assertEquals(List.of("a,b Utf8", "c Utf8"), probe.columns("t"));
    assertEquals(List.of(List.of("1\n2", "say \"x\""), List.of("3", "é")), probe.rows("t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b\n1,2,3\n", "a,b\n1\n", "a,b\n1,\"x\n2,3\n", "a,b\n1,2\n\"x\"y,3\n"})
  void refusesRowsThatDoNotFitTheHeader(String text) throws IOException {
    probe.write("bad.csv", text);
    probe.write("good.csv", "a\n1\n");
    probe.fails("bad", "bad.csv");
    assertEquals(List.of(List.of(1L)), probe.rows("good"));
  }

  @Test
  void readsAHeaderWithALineBreakOrALoneQuote() throws IOException {
    probe.write("t.csv", "\"a\nb\",c\n1,2\n");
    probe.write("u.csv", "5\" pipe,say \"x\"\n1,2\n");
    assertEquals(List.of("a\nb Int(64, true)", "c Int(64, true)"), probe.columns("t"));
    assertEquals(List.of("5\" pipe Int(64, true)", "say \"x\" Int(64, true)"), probe.columns("u"));
    assertEquals(List.of(List.of(1L, 2L)), probe.rows("u"));
  }

  @Test
  void refusesAHeaderWithALineBreakThatDuckDbMisreads() throws IOException {
    probe.write("t.csv", "\"a\nb\",c\r\n1,2\r\n");
    probe.write("u.csv", "\uFEFF\"a\nb\",c\n1,2\n");
    probe.fails("t", "t.csv", "line break inside quotes");
    probe.fails("u", "u.csv", "line break inside quotes");
  }

  @Test
  void saysThatAnEmptyFileHasNoColumns() throws IOException {
    probe.write("empty.csv", "");
    probe.write("header.csv", "a,b\n");
    probe.fails("empty", "empty.csv", "no columns");
    assertTrue(probe.table("empty").description().contains("no columns"));
    assertEquals(List.of(), probe.rows("header"));
    assertEquals(List.of("a Utf8", "b Utf8"), probe.columns("header"));
  }

  @Test
  void readsTabsSemicolonsAndCompressedFiles() throws IOException {
    probe.write("tabs.tsv", "a\tb,c\n1\t2,5\n");
    probe.write("semicolons.csv", "a;b\n1;2,5\n");
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve("zipped.csv.gz"), bytes.toByteArray());
    assertEquals(List.of(List.of(1L, "2,5")), probe.rows("tabs"));
    assertEquals(List.of(List.of(1L, "2,5")), probe.rows("semicolons"));
    assertEquals(List.of(List.of(1L, 2L)), probe.rows("zipped"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"latin-1", "utf-16"})
  void readsOtherEncodingsWhenTold(String encoding) throws IOException {
    Charset charset = Charset.forName(encoding.equals("latin-1") ? "ISO-8859-1" : "UTF-16LE");
    Files.write(folder.resolve("t.csv"), "\uFEFFgröße,b\n1,é\n".substring(encoding.equals("latin-1") ? 1 : 0).getBytes(charset));
    probe.fails("t", "t.csv");
    probe.options("t.csv", Map.of("encoding", encoding));
    assertEquals(List.of("größe Int(64, true)", "b Utf8"), probe.columns("t"));
    assertEquals(List.of(List.of(1L, "é")), probe.rows("t"));
  }

  @Test
  void doesAsTheOptionsSay() throws IOException {
    probe.write("t.csv", "x|'a|b'|31.12.2025|NA|1.5\n");
    probe.options("t.csv", Map.of("as", "other", "header", false, "delimiter", "|", "quote", "'", "date_format", "%d.%m.%Y", "nulls",
        List.of("NA"), "columns", Map.of("column_5", "DECIMAL(5,2)")));
    assertEquals(List.of(asList("x", "a|b", LocalDate.of(2025, 12, 31), null, new BigDecimal("1.50"))), probe.rows("other"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INTEGER:1.5", "DECIMAL(4,1):1.25", "TINYINT:300", "DATE:31.12.2025", "BOOLEAN:maybe", "DOUBLE:x"})
  void refusesValuesThatAreNotOfADeclaredType(String typeAndValue) throws IOException {
    String[] parts = typeAndValue.split(":");
    probe.write("t.csv", "v\n" + parts[1] + "\n");
    probe.options("t.csv", Map.of("columns", Map.of("v", parts[0])));
    probe.fails("t", "t.csv", "'v'", parts[1], parts[0], "declared");
  }

  @Test
  void readsADeclaredTypeThatWouldNotBeGuessed() throws IOException {
    probe.write("t.csv", "v,w\n007,00M\n");
    probe.options("t.csv", Map.of("columns", Map.of("v", "INTEGER")));
    assertEquals(List.of(List.of(7, "00M")), probe.rows("t"));
    probe.options("t.csv", Map.of("columns", Map.of("absent", "INTEGER")));
    probe.fails("t", "[absent]", "[v, w]");
  }

  @Test
  void refusesAFileThatChangedAfterDiscovery() throws IOException {
    Path file = probe.write("t.csv", "a,b\n1,2\n");
    TableInfo table = probe.table("t");
    probe.write("t.csv", "b,a\n1,2\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    ConnectorException failure = assertThrows(ConnectorException.class, () -> probe.rows(table));
    assertEquals(ConnectorException.Kind.PERMANENT, failure.kind());
    assertTrue(failure.getMessage().contains("t.csv"), failure.getMessage());
  }

  @Test
  void refusesAFileThatChangesBetweenTheOpeningAndTheEnd() throws IOException {
    Path file = probe.write("t.csv", "a,b\n1,2\n");
    TableInfo table = probe.table("t");
    var source = new FilesConnector().read(probe.probe().request(table, 10));
    probe.write("t.csv", "a,b\n1,2\n3,4\n");
    Exception failure = assertThrows(Exception.class, () -> probe.probe().rows(request -> source, table, 10));
    assertTrue(failure.getMessage().contains(file.getFileName() + " changed"), failure.getMessage());
  }
}
