package io.connectorkit.connector.files;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ReadRequest;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads the files of one format; has no state. */
interface FileReader {

  /**
   * The columns of the files.
   *
   * @throws ConnectorException if they cannot be told
   */
  Schema schema(ConnectorContext context, Source source);

  /** All rows of the files, with the columns of the request's table. */
  BatchSource read(ReadRequest request, Source source);
}
