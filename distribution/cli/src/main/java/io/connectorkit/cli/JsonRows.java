package io.connectorkit.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An array of objects, one object per line. */
final class JsonRows implements RowFormat {

  private final JsonGenerator out;
  private List<String> names;

  JsonRows(Writer writer) throws IOException {
    out = Json.mapper().createGenerator(writer);
    out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    out.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    out.setPrettyPrinter(new LinePerRow());
  }

  @Override
  public void begin(List<ResultColumn> columns) throws IOException {
    names = distinct(columns);
    out.writeStartArray();
  }

  @Override
  public boolean row(List<Cell> cells) throws IOException {
    out.writeStartObject();
    for (int i = 0; i < names.size(); i++) {
      Cell cell = cells.get(i);
      out.writeFieldName(names.get(i));
      if (cell.isNull()) {
        out.writeNull();
      } else if (cell.quoted()) {
        out.writeString(cell.text());
      } else {
        out.writeRawValue(cell.text());
      }
    }
    out.writeEndObject();
    return true;
  }

  @Override
  public void end() throws IOException {
    out.writeEndArray();
    out.writeRaw('\n');
    out.flush();
  }

  /** SQL allows the same name twice, an object does not: the second {@code n} is {@code n_2}. */
  private static List<String> distinct(List<ResultColumn> columns) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (ResultColumn column : columns) {
      int count = seen.merge(column.name(), 1, Integer::sum);
      names.add(count == 1 ? column.name() : column.name() + "_" + count);
    }
    return names;
  }
}
