package io.connectorkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QueryResultTest {

  private static final String COLUMNS = """
      {"columns":[{"name":"id","type":"BIGINT"},{"name":"a text","type":"VARCHAR"},{"name":"n","type":"DECIMAL(38,10)"}]}
      """;
  private static final String ROWS = COLUMNS + """
      [9223372036854775807,"plain",1234567890123456789012345678.0000000001]
      [-1,"says \\"hi\\", twice\\r\\nüñ 𝄞",1E-400]
      [0,"",null]
      [null,null,[1,{"a":"b\\"c"}]]
      {"rows":4}
      """;

  private final Captured captured = new Captured();

  @Test
  void printsCsvThatKeepsNullQuotesAndEveryDigit() throws IOException {
    new QueryResult(wire(ROWS)).copyTo(new CsvRows(captured.console().results()));
    assertEquals("""
        id,a text,n
        9223372036854775807,plain,1234567890123456789012345678.0000000001
        -1,"says ""hi"", twice\r
        üñ 𝄞",1E-400
        "0","",
        ,,"[1,{""a"":""b\\""c""}]"
        """, captured.results());
  }

  @Test
  void printsJsonThatKeepsNullQuotesAndEveryDigit() throws IOException {
    new QueryResult(wire(ROWS)).copyTo(new JsonRows(captured.console().results()));
    assertEquals("""
        [
        {"id":9223372036854775807,"a text":"plain","n":1234567890123456789012345678.0000000001},
        {"id":-1,"a text":"says \\"hi\\", twice\\r\\nüñ 𝄞","n":1E-400},
        {"id":0,"a text":"","n":null},
        {"id":null,"a text":null,"n":[1,{"a":"b\\"c"}]}
        ]
        """, captured.results());
  }

  @Test
  void printsATableWithNumbersOnTheRight() throws IOException {
    String rows = "[-1,\"two\\nlines, ü\",1E-400]\n[9223372036854775807,null,0.10]\n[3,\"\",3]\n{\"rows\":3}";
    new QueryResult(wire(COLUMNS + rows)).copyTo(new TableRows(captured.console(), 2));
    assertEquals("""
        +---------------------+---------------+--------+
        |                  id | a text        |      n |
        +---------------------+---------------+--------+
        |                  -1 | two\\nlines, ü | 1E-400 |
        | 9223372036854775807 | ∅             |   0.10 |
        +---------------------+---------------+--------+
        """, captured.results());
    assertTrue(captured.messages().contains("The first 2 rows"), captured.messages());
  }

  @Test
  void doesNotLetDataCommandTheTerminal() throws IOException {
    new QueryResult(wire(COLUMNS + "[1,\"\\u001b[2J\",1]\n{\"rows\":1}")).copyTo(new TableRows(captured.console(), 10));
    assertTrue(captured.results().contains("\uFFFD[2J") && captured.results().indexOf(0x1b) < 0, captured.results());
  }

  @Test
  void printsAnEmptyResultInEveryFormat() throws IOException {
    new QueryResult(wire(COLUMNS + "{\"rows\":0}")).copyTo(new JsonRows(captured.console().results()));
    assertEquals("[\n]\n", captured.results());
  }

  @Test
  void tellsColumnsOfTheSameNameApartInJson() throws IOException {
    String wire = "{\"columns\":[{\"name\":\"n\",\"type\":\"INTEGER\"},{\"name\":\"n\",\"type\":\"INTEGER\"}]}\n[1,2]\n{\"rows\":1}";
    new QueryResult(wire(wire)).copyTo(new JsonRows(captured.console().results()));
    assertEquals("[\n{\"n\":1,\"n_2\":2}\n]\n", captured.results());
  }

  @Test
  void reportsAnErrorThatComesAfterTheFirstRows() {
    KitException failure = assertThrows(KitException.class,
        () -> new QueryResult(wire(COLUMNS + "[1,\"a\",1]\n{\"error\":\"KIT-5000 out of memory\"}"))
            .copyTo(new TableRows(captured.console(), 10)));
    assertEquals("KIT-5000 out of memory", failure.getMessage());
  }

  @Test
  void noticesAnAnswerThatStopsBetweenRowsOrWithinOne() {
    for (String cut : new String[] {COLUMNS + "[1,\"a\",1]\n", COLUMNS + "[1,\"a", COLUMNS, ""}) {
      assertThrows(IOException.class, () -> new QueryResult(wire(cut)).copyTo(new CsvRows(captured.console().results())), cut);
    }
  }

  private static ByteArrayInputStream wire(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
