package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** What the host says about the files in the deploy folder. */
final class Deployments {

  private final EndpointClient client;

  Deployments(EndpointClient client) {
    this.client = client;
  }

  Optional<JsonNode> find(String file) {
    JsonNode answer = client.get("/v1/deployments");
    for (JsonNode each : answer.isArray() ? answer : answer.path("files")) {
      if (each.path("file").asText().equals(file)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The host's word on {@code file} once {@code wanted} holds of it, or its last word when {@code patience} has run out. */
  Optional<JsonNode> await(String file, Duration patience, Predicate<Optional<JsonNode>> wanted) {
    long deadline = System.nanoTime() + patience.toNanos();
    Optional<JsonNode> state = find(file);
    while (!wanted.test(state) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000_000);
      state = find(file);
    }
    return state;
  }
}
