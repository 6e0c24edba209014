package io.connectorkit.itests.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What texts are taken from. To make it takes longer than a small run, so it is made when the first text is. */
final class TextPool {

  static final byte[] PROSE = prose();
  static final byte[] DIGITS = digits();

  private TextPool() {}

  private static byte[] prose() {
    List<String> words = List.of("order", "shipment", "delayed", "the", "of", "customer", "invoice", "and", "paid", "returned", "city",
        "warehouse", "is", "to", "was", "address", "changed", "before", "after", "delivery", "3", "17", "2026", "please", "call");
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < 1 << 20) {
      text.append(words.get(random.nextInt(words.size()))).append(random.nextInt(1_000)).append(' ');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] digits() {
    Random random = new Random(2);
    byte[] digits = new byte[8 << 20];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) "0123456789abcdef".charAt(random.nextInt(16));
    }
    return digits;
  }
}
