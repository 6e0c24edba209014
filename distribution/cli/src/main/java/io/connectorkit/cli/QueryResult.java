package io.connectorkit.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The answer to a query as it comes over the wire: an object with the columns, an array per row, an object with the count. */
final class QueryResult {

  private final JsonParser parser;

  QueryResult(InputStream answer) throws IOException {
    this.parser = Json.mapper().createParser(answer);
  }

  void copyTo(RowFormat format) throws IOException {
    List<ResultColumn> columns = columns();
    format.begin(columns);
    while (parser.nextToken() == JsonToken.START_ARRAY) {
      if (!format.row(row(columns.size()))) {
        format.end();
        return;
      }
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("it ended before all rows were there");
    }
    object();
    format.end();
  }

  private List<ResultColumn> columns() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("it ended before the columns were there");
    }
    List<ResultColumn> columns = new ArrayList<>();
    object().path("columns").forEach(column -> columns.add(new ResultColumn(column.path("name").asText(), column.path("type").asText())));
    return columns;
  }

  private List<Cell> row(int columns) throws IOException {
    List<Cell> cells = new ArrayList<>(columns);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == null) {
        throw new IOException("it ended within a row");
      }
      cells.add(Cell.read(parser));
    }
    return cells;
  }

  private JsonNode object() throws IOException {
    JsonNode object = parser.readValueAsTree();
    if (object.hasNonNull("error")) {
      throw new KitException(object.get("error").asText());
    }
    return object;
  }
}
