package io.connectorkit.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.connectorkit.host.RunRecord;
import io.connectorkit.host.TableOutcome;
import java.util.List;
import org.junit.Test;

/** DuckDB writes text that is not UTF-8 into Parquet without a word, and nobody can read the file again: so the host looks first. */
public class TextIT extends ScriptedHostTest {

  private static final List<String> WAYS = List.of("utf8", "large", "view", "list", "struct", "dictionary", "runs");

  private static String script(String settings) {
    StringBuilder script = new StringBuilder("tables = " + String.join(", ", WAYS) + "\n");
    for (String way : WAYS) {
      script.append(way).append(".kind = text_").append(way).append('\n');
      settings.lines().forEach(line -> script.append(way).append('.').append(line).append('\n'));
    }
    return script.toString();
  }

  @Test
  public void invalidTextFailsItsTableWithTheRowInEveryWayThatArrowHasForText() throws Exception {
    first("text", script("rows = 3000\nbatch = 1000"));
    RunRecord run = then("text", script("rows = 5000\nbatch = 1000\nbad.at = 3456"));
    for (String way : WAYS) {
      TableOutcome outcome = outcome(run, way);
      assertTrue(outcome.toString(), outcome.error().startsWith("KIT-3019 table '" + way + "', column 't', row 3457: ")
          && outcome.error().contains("the bytes 61ff are not UTF-8"));
      assertEquals(way, 3000, count("text." + way));
    }
  }

  @Test
  public void validTextIsStoredAsItIsInEveryWay() {
    RunRecord run = first("valid", script("rows = 3000\nbatch = 70"));
    for (String way : WAYS) {
      assertEquals(outcome(run, way).toString(), List.of(List.of("3000", "3000", "ř 0")), inExtract("valid",
          "SELECT count(*), count(DISTINCT t), min(t" + (way.equals("list") ? "[1]" : way.equals("struct") ? ".item" : "") + ") FROM " + way));
    }
  }

  @Test
  public void aNumberOutsideItsDictionaryIsAnErrorAndNoCrash() {
    TableOutcome outcome = outcome(first("outside", "tables = t\nt.kind = text_dictionary\nt.rows = 10\nt.number = 1000000000\n"), "t");
    assertTrue(outcome.toString(), outcome.error().contains("value number 1000000000 of a dictionary of 10"));
  }
}
