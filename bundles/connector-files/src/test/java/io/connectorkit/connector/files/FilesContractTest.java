package io.connectorkit.connector.files;

import io.connectorkit.api.Connector;
import io.connectorkit.contract.junit.ConnectorContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FilesContractTest extends ConnectorContract {

  @TempDir
  private static Path folder;

  @Override
  protected Connector connector() {
    return new FilesConnector();
  }

  @Override
  protected Map<String, Object> settings() {
    try {
      Files.writeString(folder.resolve("orders.csv"), "id,total,day\n1,2.50,2026-01-31\n2,,2026-02-01\n3,7.00,2026-02-01\n");
      Files.writeString(folder.resolve("nothing.csv"), "id,name\n");
      Files.writeString(folder.resolve("people.json"), "[{\"name\": \"Ada\", \"tags\": [\"a\", \"b\"]}, {\"name\": \"Bo\", \"tags\": []}]");
      return Map.of("path", folder.toString(), "text", false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
