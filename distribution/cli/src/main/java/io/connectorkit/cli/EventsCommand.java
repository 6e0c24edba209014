package io.connectorkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit events [INSTANCE]}. */
@Command(name = "events", description = "Show the events of sources: how many wait, and which were set aside.")
final class EventsCommand extends KitCommand {

  private static final String PATH = "/api/events";

  @Parameters(paramLabel = "INSTANCE", arity = "0..1", description = "Whose events that were set aside are listed, replayed or dropped.")
  private String instance;

  @ArgGroup
  private Fate fate;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  EventsCommand(Session session) {
    super(session);
  }

  /** What is to be done with events. */
  static final class Fate {
    @Option(names = "--replay", paramLabel = "EVENT", arity = "0..*", description = "Have these come again; all of them if none is named.")
    private List<Long> replay;

    @Option(names = "--drop", paramLabel = "EVENT", arity = "1..*", description = "Delete these.")
    private List<Long> drop;
  }

  @Override
  public Integer call() {
    try (Gateway gateway = connect()) {
      EndpointClient client = gateway.client();
      if (instance == null) {
        inboxes(client.get(PATH));
        return ExitCode.OK;
      }
      String path = PATH + "/" + EndpointClient.segment(instance);
      if (fate != null) {
        ObjectNode wanted = Json.mapper().createObjectNode();
        ArrayNode events = wanted.putArray("events");
        (fate.replay != null ? fate.replay : fate.drop).forEach(events::add);
        int count = client.post(path + (fate.replay != null ? "/replay" : "/drop"), wanted).path("count").asInt();
        console().say(count + (fate.replay != null ? " events come again" : " events are deleted"));
      } else {
        quarantine(client.get(path + "/quarantine"));
      }
      return ExitCode.OK;
    }
  }

  private void inboxes(JsonNode inboxes) {
    if (json) {
      console().print(Json.pretty(inboxes));
    } else if (inboxes.isEmpty()) {
      console().say("No instance takes events");
    } else {
      TextTable table = new TextTable().column("instance").column("received").column("waiting").column("set aside").column("held up by");
      inboxes.forEach(each -> table.row(each.path("instance").asText(), each.path("received").asText(), each.path("waiting").asText(),
          each.path("quarantined").asText(), each.path("error").asText()));
      console().print(table.toString());
    }
  }

  private void quarantine(JsonNode events) {
    if (json) {
      console().print(Json.pretty(events));
    } else if (events.isEmpty()) {
      console().say("No event of " + instance + " was set aside");
    } else {
      TextTable table = new TextTable().column("event").column("received").column("reason").column("beginning");
      events.forEach(each -> table.row(each.path("sequence").asText(), each.path("receivedAt").asText(), each.path("reason").asText(),
          each.path("preview").asText()));
      console().print(table.toString());
    }
  }
}
