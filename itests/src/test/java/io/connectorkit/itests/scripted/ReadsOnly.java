package io.connectorkit.itests.scripted;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;

/** Could read tables if anybody told which there are. */
public final class ReadsOnly implements Reads {

  @Override
  public BatchSource read(ReadRequest request) {
    return BatchSource.query("SELECT 1 AS id");
  }
}
