package io.connectorkit.connector.keboola;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ConnectorException.Kind;
import io.connectorkit.api.TableInfo;
import io.connectorkit.connector.keboola.fake.FakeKeboola.Spoil;
import io.connectorkit.connector.keboola.fake.FakeStorage.Cloud;
import io.connectorkit.connector.keboola.fake.FakeStorage.Header;
import io.connectorkit.connector.keboola.fake.FakeTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of exported files, wherever they lie and whatever they hold. */
@Timeout(60)
class ExportTest extends KeboolaFixture {

  private FakeTable texts() {
    return fake.table("in.c-a.t", List.of(), "a", "b", "c").put("1", "x\r\ny", "NA").put("", null, "null").put("say \"hi\", twice", "\n", "007")
        .put("ž€", " a ", "1e3").put("\"", ",", "NULL").put(null, null, null).put("a", "b", "d");
  }

  /** J7: text stays as it is, a quoted nothing is no null, and the header is no row wherever it stands. */
  @ParameterizedTest
  @CsvSource({"SINGLE,false,FIRST", "SINGLE,true,NONE", "HTTPS,false,NONE", "HTTPS,true,FIRST", "AZURE,false,ALL", "AZURE,true,NONE", "GOOGLE,true,FIRST",
      "GOOGLE,false,NONE", "S3,true,ALL", "S3,false,FIRST"})
  void everyCellArrivesFromEveryCloud(Cloud cloud, boolean packed, Header header) {
    FakeTable table = texts();
    fake.storage().cloud(cloud).packed(packed).header(header);
    assertEquals(table.rows(), read(table("in_c_a_t")).cells());
  }

  @Test
  void slicesAreReadInTheOrderOfTheirNumbers() {
    FakeTable table = fake.table("in.c-a.t", List.of(), "n");
    for (int i = 0; i < 25; i++) {
      table.put(String.valueOf(i));
    }
    fake.storage().slices(12).header(Header.FIRST);
    assertEquals(table.rows(), read(table("in_c_a_t")).cells());
  }

  @Test
  void aColumnOfNullsAndLongCellsIsWhole() {
    FakeTable table = fake.table("in.c-a.t", List.of(), "n").put(null, null).put("line\n".repeat(1_200_000)).put("").put("x");
    table.columns("n");
    assertEquals(4, read(table("in_c_a_t")).cells().size());
    assertEquals(table.rows().stream().map(row -> row.get(0)).toList(), read(table("in_c_a_t")).cells().stream().map(row -> row.get(0)).toList());
  }

  @ParameterizedTest
  @EnumSource(value = Cloud.class, mode = EnumSource.Mode.EXCLUDE, names = "SINGLE")
  void credentialsThatExpireUnderWayAreAskedForAnew(Cloud cloud) {
    FakeTable table = texts();
    AtomicBoolean once = new AtomicBoolean();
    fake.storage().cloud(cloud).slices(7).beforeSlice(() -> {
      if (once.compareAndSet(false, true)) {
        fake.storage().expire();
      }
    });
    assertEquals(table.rows(), read(table("in_c_a_t")).cells());
    fake.storage().beforeSlice(() -> {}).spoil("part_", 99, Spoil.FORBID);
    TableInfo info = table("in_c_a_t");
    assertEquals(Kind.PERMANENT, assertThrows(ConnectorException.class, () -> read(info)).kind());
  }

  @Test
  void slicesFromElsewhereAreNotFetched() {
    texts();
    for (Map.Entry<Cloud, List<String>> each : Map.of(Cloud.S3, List.of("s3://other/exp-15/x", "https://kbc-bucket.s3.eu-central-1.amazonaws.com/x"),
        Cloud.GOOGLE, List.of("gs://other/x"), Cloud.AZURE, List.of("azure://other.blob.core.windows.net/container/x",
        "azure://kbc.blob.core.windows.net/other/x", "azure://127.0.0.1/container/x"),
        Cloud.HTTPS, List.of("http://169.254.169.254/latest/", fake.storage().url() + "/other/x", fake.url() + "/exp-15/x",
        "file:///etc/passwd", "s3://kbc-bucket@evil/x")).entrySet()) {
      for (String url : each.getValue()) {
        fake.storage().cloud(each.getKey()).alsoNaming(url);
        TableInfo table = table("in_c_a_t");
        ConnectorException e = assertThrows(ConnectorException.class, () -> read(table), url);
        assertEquals(Kind.PERMANENT, e.kind(), url + ": " + e.getMessage());
        assertTrue(e.getMessage().contains("which is not where the export is"), e.getMessage());
      }
    }
  }

  @Test
  void withoutAProxyOnlyCloudsAreAsked() {
    for (String url : List.of("https://kbc.s3.eu-central-1.amazonaws.com/a", "https://x.blob.core.windows.net/a?b", "https://storage.googleapis.com/a/b")) {
      assertEquals(url.replaceFirst("(https://[^/]+).*", "$1"), new StorageFile(Map.of("url", url), java.util.Optional.empty()).whole().origin());
    }
    for (String url : List.of("http://kbc.s3.eu-central-1.amazonaws.com/a", "https://127.0.0.1/a", "https://evilamazonaws.com/a", "https://u@x.amazonaws.com/a",
        "https://storage.googleapis.com.evil.com/", "ftp://x.amazonaws.com/")) {
      assertThrows(ConnectorException.class, () -> new StorageFile(Map.of("url", url), java.util.Optional.empty()).whole(), url);
    }
    var s3 = new StorageFile(Map.of("region", "eu-central-1", "s3Path", Map.of("bucket", "b"), "credentials",
        Map.of("AccessKeyId", "A", "SecretAccessKey", "S", "SessionToken", "T")), java.util.Optional.empty()).slice("s3://b/a b/c+d");
    assertEquals(List.of("https://b.s3.eu-central-1.amazonaws.com", "/a%20b/c%2Bd"), List.of(s3.origin(), s3.path()));
    assertTrue(s3.headers().get("Authorization").startsWith("AWS4-HMAC-SHA256 Credential=A/"), s3.headers().toString());
  }

  @Test
  void whatBreaksOffIsFetchedAgain() {
    FakeTable table = texts();
    fake.polls(1);
    fake.storage().packed(true);
    fake.storage().spoil("part_1", 2, Spoil.CUT);
    fake.storage().spoil("part_2", 1, Spoil.UNAVAILABLE);
    fake.spoil("/export-async", 1, Spoil.UNAVAILABLE);
    fake.spoil("/jobs/", 1, Spoil.CUT);
    assertEquals(table.rows(), read(table("in_c_a_t")).cells());
  }

  @Test
  void rowsThatAreMissingAreNoticed() {
    texts();
    fake.storage().header(Header.NONE).spoil("part_2", 1, Spoil.SHORTEN);
    TableInfo table = table("in_c_a_t");
    ConnectorException e = assertThrows(ConnectorException.class, () -> read(table));
    assertEquals(List.of(Kind.TRANSIENT, "the export has 6 rows where Keboola says 7; run again"), List.of(e.kind(), e.getMessage()));
    fake.storage().spoil("manifest", 1, Spoil.PAGE);
    assertEquals(Kind.PERMANENT, assertThrows(ConnectorException.class, () -> read(table)).kind());
    fake.tellRows(false);
    assertEquals(7, read(table).cells().size());
  }

  private void values(String type, String... cells) {
    FakeTable table = fake.table("in.c-a.t", List.of(), "v " + type, "n");
    Arrays.stream(cells).forEach(cell -> table.put(cell, "x"));
  }

  /** Nothing is rounded, cut or moved to another zone without a word. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"INTEGER|9007199254740993;-5;1.0;+7|9007199254740993;-5;1;7|1.5;1e-1;abc;9223372036854775808",
      "NUMERIC(12,2)|2.50;-0.1;7;1.500|2.50;-0.10;7.00;1.50|1.005;12345678901.00;1e-3;x", "NUMERIC(38,0)|12345678901234567890123456789012345678|"
      + "12345678901234567890123456789012345678|0.1", "BOOLEAN|true;0;YES|true;false;true|2;maybe", "DATE|2026-02-28;2026-02-28 00:00:00|2026-02-28;2026-02-28|"
      + "2026-02-30;2026-02-28 00:00:01;28.2.2026;infinity", "TIMESTAMP|2026-01-02 03:04:05;2026-01-02T03:04:05.678900000;2026-01-02|"
      + "2026-01-02 03:04:05.0;2026-01-02 03:04:05.6789;2026-01-02 00:00:00.0|2026-01-02 03:04:05.1234567;2026-01-02 03:04:05+02;2026-01-02 03:04+02;"
      + "2026-1-02 3:4+02:00;x",
      "TIMESTAMP_TZ|2026-01-02 03:04:05 +0200;2026-01-02T03:04:05Z;2026-01-02 03:04:05.123 -05:30|2026-01-02T01:04:05Z;2026-01-02T03:04:05Z;"
      + "2026-01-02T08:34:05.123Z|2026-01-02 03:04:05;x", "FLOAT|0.1;1e3;-2;NaN|0.1;1000.0;-2.0;NaN|1e999;x"})
  void valuesAreConvertedExactlyOrRefused(String type, String good, String expected, String bad) {
    values(type, (good + ";").split(";"));
    assertEquals(List.of(expected.split(";")), read(table("in_c_a_t")).cells().stream().map(row -> row.get(0)).toList());
    for (String cell : bad.split(";")) {
      values(type, cell);
      TableInfo table = table("in_c_a_t");
      ConnectorException e = assertThrows(ConnectorException.class, () -> read(table), cell);
      assertTrue(e.getMessage().contains("table 'in.c-a.t', column 'v': '" + cell + "' is no "), e.getMessage());
    }
    values(type, null, "");
    assertEquals(Arrays.asList(null, null), read(table("in_c_a_t")).cells().stream().map(row -> row.get(0)).toList());
  }

  @Test
  void badValuesBecomeNullIfTheOperatorWantsThat() {
    set("bad_values", "null");
    set("tables", Map.of("in.c-a.t", Map.of("types", Map.of("n", "DECIMAL(5, 1)"))));
    fake.table("in.c-a.t", List.of("k"), "k INTEGER", "v INTEGER", "n").put("1", "x", "1.5").put("2", "7", "1.55").put("3", "", "x");
    assertEquals(List.of(Arrays.asList("1", null, "1.5"), Arrays.asList("2", "7", null), Arrays.asList("3", null, null)), read(table("in_c_a_t")).cells());
    fake.table("in.c-a.t", List.of("k"), "k INTEGER", "v", "n").put("one", "x", "1.5");
    TableInfo table = table("in_c_a_t");
    assertTrue(assertThrows(ConnectorException.class, () -> read(table)).getMessage().contains("column 'k': 'one' is no BIGINT"));
  }
}
