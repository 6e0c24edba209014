package io.connectorkit.gateway.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.connectorkit.host.Catalog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes a result as {@link ResultView} while it comes, so that it need not fit into memory. */
final class JsonRows implements Catalog.Rows {

  /** Ends a query whose result has become too large; it is no failure. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Enough() {
      super(null, null, false, false);
    }
  }

  private final CountedStream out;
  private final JsonGenerator json;
  private final long limit;
  private boolean truncated;

  JsonRows(OutputStream out, long limit) throws IOException {
    this.out = new CountedStream(out, Long.MAX_VALUE);
    this.limit = limit;
    this.json = Reply.json().getFactory().createGenerator(this.out);
  }

  @FunctionalInterface
  interface Query {
    void into(Catalog.Rows rows);
  }

  /** Runs a query and writes all of the answer. */
  void write(Query query) throws IOException {
    try {
      query.into(this);
    } catch (Enough e) {
      truncated = true;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    json.writeEndArray();
    json.writeBooleanField("truncated", truncated);
    json.writeEndObject();
    json.flush();
  }

  @Override
  public void columns(List<String> names, List<String> types) {
    try {
      json.writeStartObject();
      json.writeArrayFieldStart("columns");
      for (int i = 0; i < names.size(); i++) {
        json.writeStartObject();
        json.writeStringField("name", names.get(i));
        json.writeStringField("type", types.get(i));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("rows");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void row(List<Object> values) {
    if (out.count() > limit) {
      throw new Enough();
    }
    try {
      Reply.json().writeValue(json, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void truncated() {
    truncated = true;
  }
}
