package io.connectorkit.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class ClauseTest {

  @Test
  void pathsAttributesAndDirectivesAreToldApart() {
    assertEquals(List.of(new Clause(List.of("a.b", "c"), Map.of("version", "[1,2)", "n", "x"), Map.of("resolution", "optional")),
            new Clause(List.of("d"), Map.of(), Map.of())),
        Clause.parse(" a.b ; c;version=\"[1,2)\"; resolution := optional;n=x , d,"));
    assertEquals(List.of(), Clause.parse(null));
  }

  @Test
  void quotesHideSeparatorsAndTypesAreKept() {
    Clause clause = Clause.parse("n;filter:=\"(&(a=1)(b>=\\\"2\\\"))\";v:Version=\"1.0\";l:List<String>=\"a, b\";s:String=\"x;y,z\"").get(0);
    assertEquals(Map.of("filter", "(&(a=1)(b>=\"2\"))"), clause.directives());
    assertEquals(Map.of("v", new Version(1, 0, 0), "l", List.of("a", "b"), "s", "x;y,z"), clause.attributes());
  }

  @Test
  void whatIsMalformedIsRefused() {
    for (String header : List.of("a;v=\"1", "a;v=1;v=2", ";v=1", "a;v:Version=x", "a;v=\"x\\")) {
      assertThrows(IllegalArgumentException.class, () -> Clause.parse(header), header);
    }
  }
}
