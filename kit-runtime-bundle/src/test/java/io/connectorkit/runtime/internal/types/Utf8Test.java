package io.connectorkit.runtime.internal.types;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.connectorkit.runtime.internal.types.Utf8.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

  private static Kind kind(int... bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
    Arrays.stream(bytes).forEach(value -> buffer.put((byte) value));
    return Utf8.of(buffer.flip());
  }

  @Test
  void everyCharacterIsUtf8() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        assertEquals(point < 128 ? Kind.ASCII : Kind.OTHER, Utf8.of(ByteBuffer.wrap(bytes)), Integer.toHexString(point));
      }
    }
  }

  @Test
  void surrogatesOverlongFormsAndWhatLiesBeyondUnicodeAreNot() {
    assertEquals(Kind.INVALID, kind(0xED, 0xA0, 0x80));
    assertEquals(Kind.INVALID, kind(0xC0, 0x80));
    assertEquals(Kind.INVALID, kind(0xE0, 0x80, 0x80));
    assertEquals(Kind.INVALID, kind(0xF0, 0x80, 0x80, 0x80));
    assertEquals(Kind.INVALID, kind(0xF4, 0x90, 0x80, 0x80));
    assertEquals(Kind.INVALID, kind('a', 0x80));
    assertEquals(Kind.INVALID, kind('a', 0xC3));
  }

  /** Against the JDK's own decoder, with bytes that are nearly right. */
  @Test
  void itAgreesWithTheJdk() {
    Random random = new Random(7);
    int[] alphabet = {'a', 0x80, 0xBF, 0xC2, 0xE0, 0xA0, 0xED, 0x9F, 0xF0, 0x90, 0xF4, 0x8F};
    for (int i = 0; i < 200_000; i++) {
      int[] bytes = random.ints(random.nextInt(12), 0, alphabet.length).map(index -> alphabet[index]).toArray();
      assertEquals(decodes(bytes), kind(bytes) != Kind.INVALID, Arrays.toString(bytes));
    }
  }

  private static boolean decodes(int[] bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
    Arrays.stream(bytes).forEach(value -> buffer.put((byte) value));
    try {
      StandardCharsets.UTF_8.newDecoder().decode(buffer.flip());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
