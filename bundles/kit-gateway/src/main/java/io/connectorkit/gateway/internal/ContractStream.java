package io.connectorkit.gateway.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.host.ContractOrder;
import io.connectorkit.host.ContractResult;
import io.connectorkit.host.Contracts;
import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.ComponentServiceObjects;

/** Checks a connector for a client that watches. Whatever does the checks is made for this and let go afterwards. */
final class ContractStream {

  private final ComponentServiceObjects<Contracts> contracts;
  private final Reply reply;

  ContractStream(ComponentServiceObjects<Contracts> contracts, Reply reply) {
    this.contracts = contracts;
    this.reply = reply;
  }

  void run(String instance, JsonNode json) throws IOException {
    ContractOrder order = new ContractOrder(instance, number(json, "rows"), number(json, "tables"),
        Duration.ofSeconds(number(json, "callSeconds")), Duration.ofSeconds(number(json, "seconds")));
    Contracts service = contracts.getService();
    try {
      service.check(order, this::send);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      contracts.ungetService(service);
    }
    reply.line(Map.of("event", "finished"), true);
  }

  private static int number(JsonNode json, String key) {
    int number = json.path(key).asInt();
    if (number < 1) {
      throw new KitException("KIT-6003", "the body needs a whole number '" + key + "' above zero");
    }
    return number;
  }

  /** A write fails when the client is gone; then the rest is of no use. */
  private void send(ContractResult result) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "check");
    line.put("check", result.check());
    line.put("demands", result.demands());
    line.put("outcome", result.outcome());
    line.put("message", result.message());
    line.put("remedy", result.remedy());
    line.put("seconds", result.took().toMillis() / 1000.0);
    try {
      reply.line(line, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
