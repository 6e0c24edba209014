package io.connectorkit.gateway.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MetricTextTest {

  @Test
  void labelsAreEscapedAndWholeNumbersArePlain() {
    MetricText text = new MetricText();
    text.gauge("a_b", "Help");
    text.value("name", "x\"\\\n", 12_345_678);
    text.value(0.5);
    assertEquals("# HELP a_b Help\n# TYPE a_b gauge\na_b{name=\"x\\\"\\\\\\n\"} 12345678\na_b 0.5\n", text.toString());
  }
}
