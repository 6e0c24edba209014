package io.connectorkit.itests.product;

import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Database;
import io.connectorkit.itests.support.EventSender;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The product with a connector that lives on events, which can be killed at any time. */
final class EventHost implements AutoCloseable {

  static final String SECRET = "canary-of-the-webhook";
  static final EventSender SENDER = new EventSender(SECRET);

  private final KitProcess kit;
  private Process gateway;
  private volatile int port;

  EventHost(String name) {
    this.kit = KitProcess.of(name).with("EVENTS_SECRET", SECRET);
    ConnectorJar.events("1.0.0").writeTo(kit.deploy("events.jar"));
  }

  /** Returns when events are taken. */
  void run() {
    gateway = kit.run();
    Await.until("events are taken", () -> {
      try {
        return SENDER.send(address("events"), new byte[0], null).statusCode() == 401;
      } catch (IOException | UncheckedIOException e) {
        return false;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
  }

  /** As a power cut does; the file that it leaves behind would be taken for that of the next one. */
  void kill() throws InterruptedException {
    gateway.destroyForcibly().waitFor();
    port = 0;
    kit.home().resolve("data/gateway.json").toFile().delete();
  }

  /** Whether it ends within that time. */
  boolean waitFor(long millis) throws InterruptedException {
    return gateway.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Where events for an instance go. */
  URI address(String instance) {
    if (port == 0) {
      port = new KitProcess.Result(0, Folders.read(kit.home().resolve("data/gateway.json")), "").json().path("port").asInt();
    }
    return URI.create("http://127.0.0.1:" + port + "/webhooks/" + instance);
  }

  /** Sends an event, signed; answers the status. */
  int send(String body) {
    try {
      return SENDER.send(address("events"), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Path extract() {
    return kit.extracts().resolve("events/extract.duckdb");
  }

  /** How many events are in SQL. */
  long rows() {
    return Files.exists(extract()) ? Long.parseLong(Database.query(extract(), "SELECT count(*) FROM log").get(0).get(0)) : 0;
  }

  String log() {
    return kit.log();
  }

  @Override
  public void close() {
    kit.close();
  }
}
