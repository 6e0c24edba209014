package io.connectorkit.runtime.internal.types;

import java.nio.ByteBuffer;

/** Whether bytes are UTF-8 as Unicode defines it: no surrogates, nothing longer than it needs to be. */
final class Utf8 {

  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** What bytes are. */
  enum Kind { ASCII, OTHER, INVALID }

  /** Looks at all bytes up to the limit, eight at a time while they are ASCII, as most are. */
  static Kind of(ByteBuffer bytes) {
    int end = bytes.limit();
    boolean ascii = true;
    int i = 0;
    while (i < end) {
      if (i + Long.BYTES <= end && (bytes.getLong(i) & HIGH_BITS) == 0) {
        i += Long.BYTES;
      } else if (bytes.get(i) >= 0) {
        i++;
      } else {
        int length = sequence(bytes, i, end);
        if (length == 0) {
          return Kind.INVALID;
        }
        ascii = false;
        i += length;
      }
    }
    return ascii ? Kind.ASCII : Kind.OTHER;
  }

  /** Whether a character can begin with that byte, or the one before it goes on. */
  static boolean continues(byte value) {
    return (value & 0xC0) == 0x80;
  }

  /** The length of the character of two bytes or more that begins there; 0 if none does. */
  private static int sequence(ByteBuffer bytes, int at, int end) {
    int first = bytes.get(at) & 0xFF;
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (at + length > end) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if (!continues(bytes.get(at + i))) {
        return 0;
      }
    }
    int second = bytes.get(at + 1) & 0xFF;
    boolean valid = switch (first) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second < 0xA0;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second < 0x90;
      default -> true;
    };
    return valid ? length : 0;
  }
}
