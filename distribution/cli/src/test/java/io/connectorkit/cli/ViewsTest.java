package io.connectorkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ViewsTest {

  private final Captured captured = new Captured();

  private static JsonNode json(String text) throws Exception {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }

  private static boolean hasRow(String table, String... cells) {
    return table.lines().anyMatch(line -> line.matches("\\|\\s*" + String.join("\\s*\\|\\s*", cells) + "\\s*\\|"));
  }

  @Test
  void aRunShowsModeWatermarkAndWhatThereIsToSay() throws Exception {
    Views.runTables(captured.console(), json("{'tables':[{'table':'a','outcome':'UNCHANGED','mode':'delta','rows':0,'deleted':0,'bytes':0,"
        + "'seconds':0.1,'watermarkAfter':'7'},{'table':'b','outcome':'OK','mode':'full','rows':12,'deleted':3,'bytes':900,'seconds':1,"
        + "'watermarkAfter':'9','error':'','note':'full read: asked for','schemaChanges':['added x Utf8']}]}"));
    String out = captured.results();
    assertTrue(hasRow(out, "a", "UNCHANGED", "delta", "0", "0", "0 B", "0.10 s", "7", ""), out);
    assertTrue(hasRow(out, "b", "OK", "full", "12", "3", "900 B", "1.00 s", "9", "full read: asked for; added x Utf8"), out);
  }

  @Test
  void anInstanceWithAScheduleShowsItsNextRun() throws Exception {
    Views.connectors(captured.console(), json("[{'instance':'shop','connector':'acme','version':'1.0.0','state':'READY','capabilities':['read'],"
        + "'tables':1,'rows':3,'lastRun':null,'nextRun':'2026-11-23T02:30:00Z','reason':'','remedy':''}]"));
    String out = captured.results();
    assertTrue(hasRow(out, "shop", "acme", "1.0.0", "READY", "read", "1", "3", "", "2026-11-23T02:30:00Z", ""), out);
  }

  @Test
  void stateSaysWhereTheNextReadIsAFullOneAndWhy() throws Exception {
    Views.state(captured.console(), json("[{'table':'a','strategy':'upsert','watermark':'7','watermarkKind':'LONG'},"
        + "{'table':'b','strategy':'append','watermark':'','resetAt':'2026-03-01T12:00:00Z'},{'table':'c','strategy':'replace'}]"));
    String out = captured.results();
    assertTrue(out.lines().anyMatch(line -> line.matches("\\| a +\\| upsert +\\| 7 +\\| LONG .*")), out);
    assertTrue(out.lines().anyMatch(line -> line.matches("\\| b +\\| append +\\| reset: full read .*")), out);
    assertTrue(out.lines().anyMatch(line -> line.matches("\\| c +\\| replace +\\| none: full read .*")), out);
  }

  @Test
  void stateOfAnInstanceWithoutDataIsAMessageAndNoResult() throws Exception {
    Views.state(captured.console(), json("[]"));
    assertEquals("", captured.results());
    assertEquals("Nothing is published yet", captured.messages().strip());
  }
}
