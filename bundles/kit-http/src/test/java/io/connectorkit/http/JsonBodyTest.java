package io.connectorkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody sent is looked into without trusting any of it. */
class JsonBodyTest {

  private static Optional<String> field(String json) throws IOException {
    return JsonBody.field(json.getBytes(StandardCharsets.UTF_8), "timestamp");
  }

  @Test
  void theFieldOfTheOutermostObjectIsFound() throws IOException {
    assertEquals(Optional.of("1700000000000"), field("{\"issue\":{\"timestamp\":1},\"timestamp\":1700000000000,\"x\":[1,{\"timestamp\":2}]}"));
    assertEquals(Optional.of("2026-01-01T00:00:00Z"), field("{\"timestamp\":\"2026-01-01T00:00:00Z\"}"));
  }

  @Test
  void whatIsNotThereOrNoValueIsEmpty() throws IOException {
    assertEquals(Optional.empty(), field("{\"issue\":{\"timestamp\":1}}"));
    assertEquals(Optional.empty(), field("{\"timestamp\":{\"timestamp\":1}}"));
    assertEquals(Optional.empty(), field("[1,2]"));
    assertEquals(Optional.empty(), field("7"));
  }

  @Test
  void whatIsNoJsonIsRefusedWithoutQuotingIt() {
    for (String body : new String[] {"", "{\"a\":", "{\"a\":1} {\"b\":2}", "secret", "[".repeat(100_000)}) {
      String message = assertThrows(IOException.class, () -> field(body)).getMessage();
      assertEquals(-1, message.indexOf("secret"), message);
    }
    assertThrows(IOException.class, () -> JsonBody.field(new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'}, "a"));
  }
}
