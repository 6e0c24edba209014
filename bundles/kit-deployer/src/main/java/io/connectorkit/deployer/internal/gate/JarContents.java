package io.connectorkit.deployer.internal.gate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What is in a jar, after every byte of it was read and found to be the one that was packed. By the central directory, as the framework
 * and the JVM read it: local headers can tell another story.
 */
final class JarContents {

  private static final int CLASS_MAGIC = 0xCAFEBABE;
  private static final int KEPT_BYTES = 1 << 20;

  private final Set<String> names = new HashSet<>();
  private final Map<String, Integer> classes = new HashMap<>();
  private final Map<String, byte[]> kept = new HashMap<>();
  private final String file;
  private final Limits limits;
  private final byte[] buffer = new byte[1 << 14];
  private long left;
  private long unpacked;

  private JarContents(String file, Limits limits) {
    this.file = file;
    this.limits = limits;
  }

  /**
   * Reads a whole jar.
   *
   * @param file its name, for messages
   * @param keep names of entries whose content is wanted
   * @throws IOException if it is no complete jar
   * @throws io.connectorkit.host.KitException KIT-1024 or KIT-1025 if it breaks a limit or has an entry that no packer makes
   */
  static JarContents read(String file, Path path, Limits limits, Set<String> keep) throws IOException {
    JarContents contents = new JarContents(file, limits);
    try (ZipFile zip = new ZipFile(path.toFile())) {
      if (zip.size() > limits.entries()) {
        throw contents.tooMuch("has " + zip.size() + " entries", limits.entries() + " at most");
      }
      contents.read(zip, Files.size(path), keep);
    } catch (IllegalArgumentException e) {
      throw new ZipException(e.getMessage());
    }
    return contents;
  }

  private void read(ZipFile zip, long packed, Set<String> keep) throws IOException {
    long all = limits.allBytes(packed);
    left = all;
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      String name = entry.getName();
      if (isUnsafe(name)) {
        throw Refusal.of("KIT-1025", file + ": entry '" + name + "' leads out of the jar or is no name of a file; build the jar anew");
      }
      if (!names.add(name)) {
        throw Refusal.of("KIT-1025", file + ": entry " + name + " is there twice, and which one counts is anybody's guess; build the jar anew");
      }
      if (!entry.isDirectory()) {
        ByteArrayOutputStream copy = keep.contains(name) ? new ByteArrayOutputStream() : null;
        read(zip, entry, copy == null ? OutputStream.nullOutputStream() : copy, copy == null ? limits.entryBytes() : KEPT_BYTES);
        if (copy != null) {
          kept.put(name, copy.toByteArray());
        }
      }
      if (left < 0) {
        throw tooMuch("unpacks from " + packed + " bytes to more than " + all,
            limits.ratio() + " times its size or " + (limits.freeBytes() >> 20) + " MiB, and " + (limits.allBytes() >> 20)
                + " MiB in all, with the jars inside");
      }
    }
  }

  private void read(ZipFile zip, ZipEntry entry, OutputStream copy, long most) throws IOException {
    CRC32 crc = new CRC32();
    long size = 0;
    try (InputStream stream = zip.getInputStream(entry)) {
      int count = stream.readNBytes(buffer, 0, buffer.length);
      if (entry.getName().endsWith(".class") && count >= 8 && number(0, 4) == CLASS_MAGIC) {
        classes.put(entry.getName(), number(6, 2));
      }
      while (count > 0) {
        crc.update(buffer, 0, count);
        copy.write(buffer, 0, count);
        size += count;
        left -= count;
        unpacked += count;
        if (size > most) {
          throw tooMuch("entry " + entry.getName() + " is larger than " + most + " bytes", "no more than that");
        }
        if (left < 0) {
          return;
        }
        count = stream.read(buffer);
      }
    }
    if (size != entry.getSize() || crc.getValue() != entry.getCrc()) {
      throw new ZipException("the content of " + entry.getName() + " is not what was packed");
    }
  }

  private int number(int offset, int length) {
    int number = 0;
    for (int i = offset; i < offset + length; i++) {
      number = number << 8 | buffer[i] & 0xFF;
    }
    return number;
  }

  private RuntimeException tooMuch(String what, String rule) {
    return Refusal.of("KIT-1024", file + " " + what + "; a jar may have " + rule + "; leave out what the connector does not need");
  }

  private static boolean isUnsafe(String name) {
    return name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0 || name.matches("[A-Za-z]:.*")
        || name.chars().anyMatch(Character::isISOControl) || ("/" + name + "/").contains("/../");
  }

  Set<String> names() {
    return names;
  }

  /** Size of all entries, in bytes. */
  long unpacked() {
    return unpacked;
  }

  /** Major version of the class file format, by entry. */
  Map<String, Integer> classes() {
    return classes;
  }

  /** Null if there is no such entry, or it was not to be kept. */
  byte[] content(String name) {
    return kept.get(name);
  }
}
