package io.connectorkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A secret is one in whatever spelling a source sends it back. */
class HiddenTest {

  private static final String SECRET = "pa\"ss/wo+rd&";

  private final Hidden hidden = new Hidden(List.of(SECRET, "abc", "pa\"ss/wo+rd&-and-more"));

  @Test
  void everySpellingIsTakenOut() {
    assertEquals("a *** b *** c *** d ***", hidden.in("a " + SECRET + " b pa%22ss%2Fwo%2Brd%26 c pa\\\"ss/wo+rd& d " + SECRET + "-and-more"));
    for (String before : List.of("", "a", "ab", "user:")) {
      String encoded = Base64.getEncoder().encodeToString((before + SECRET).getBytes(StandardCharsets.UTF_8));
      assertTrue(hidden.in(encoded).matches("[A-Za-z0-9]{0,7}\\*{3}[A-Za-z0-9=]{0,4}"), () -> hidden.in(encoded));
    }
  }

  @Test
  void whatIsTooShortToBeOneStays() {
    assertEquals("abc", hidden.in("abc"));
  }
}
