package io.connectorkit.itests.support;

import io.connectorkit.itests.support.HostileFile.Maker;
import io.connectorkit.itests.support.HostileFile.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of which not even the outside is that of a jar that can be used. */
final class BrokenArchives {

  private static final int MIB = 1 << 20;

  private BrokenArchives() {}

  /** Part of an archive. */
  private interface Entries {

    void to(ZipOutputStream zip) throws IOException;
  }

  static List<HostileFile> all() {
    List<HostileFile> all = new ArrayList<>(List.of(
        incomplete("empty.jar", file -> Files.write(file, new byte[0]), "empty"),
        incomplete("text.jar", file -> Files.writeString(file, "to do")),
        incomplete("half.jar", file -> Files.write(file, Arrays.copyOf(whole(), whole().length / 2))),
        incomplete("preallocated.jar", file -> Files.write(file, Arrays.copyOf(whole(), whole().length + MIB))),
        incomplete("crc.jar", BrokenArchives::otherContent, "not what was packed"),
        incomplete("loop.jar", file -> Files.createSymbolicLink(file, file), "link to nothing"),
        incomplete("dangling.jar", file -> Files.createSymbolicLink(file, file.resolveSibling("nowhere")), "link to nothing"),
        rejected("folder.jar", Files::createDirectory, "KIT-1001", "is a folder"),
        rejected("shortcut.jar", file -> Files.createSymbolicLink(file, file.resolveSibling("../extracts")), "KIT-1001", "is a folder"),
        rejected("notes.txt", file -> Files.writeString(file, "to do"), "KIT-1002", "not a .jar"),
        rejected("bomb.jar", zip(zip -> zeros(zip, "zeros", 300)), "KIT-1024", "unpacks from"),
        rejected("bombs.jar", zip(BrokenArchives::manyZeros), "KIT-1024", "unpacks from"),
        rejected("inside.jar", BrokenArchives::nestedBomb, "KIT-1024", "inside.jar!/lib.jar"),
        rejected("crowded.jar", zip(BrokenArchives::crowd), "KIT-1024", "100001 entries"),
        rejected("parent.jar", zip(zip -> entry(zip, "lib/../../../etc/cron.d/evil")), "KIT-1025", "leads out of the jar"),
        rejected("absolute.jar", zip(zip -> entry(zip, "/etc/passwd")), "KIT-1025", "leads out of the jar"),
        rejected("drive.jar", zip(zip -> entry(zip, "C:evil.exe")), "KIT-1025", "leads out of the jar"),
        rejected("backslash.jar", zip(zip -> entry(zip, "..\\evil.exe")), "KIT-1025", "leads out of the jar"),
        rejected("nul.jar", zip(zip -> entry(zip, "evil\0.class")), "KIT-1025", "no name of a file"),
        rejected("twice.jar", BrokenArchives::sameNameTwice, "KIT-1025", "there twice"),
        incomplete("with 'quotes' \"and\" space; $(rm -rf .).jar", file -> Files.writeString(file, "to do"), "$(rm -rf .)"),
        incomplete("-rf.jar", file -> Files.writeString(file, "to do"), "-rf.jar"),
        incomplete("two\nlines.jar", file -> Files.writeString(file, "to do"), "two?lines.jar"),
        incomplete("l" + "o".repeat(245) + "ng.jar", file -> Files.writeString(file, "to do"))));
    if (Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode("\u30b8\u00e4\u202e")) {
      all.add(incomplete("\u30b8\u00e4\u202eraj.jar", file -> Files.writeString(file, "to do")));
    }
    return all;
  }

  /** A pipe that nobody writes to: whoever opens it waits for ever. */
  static HostileFile pipe() {
    return rejected("pipe.jar", file -> {
      try {
        new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }, "KIT-1001", "no regular file");
  }

  private static HostileFile rejected(String file, Maker maker, String... words) {
    return HostileFile.of(file, Verdict.REJECTED, maker, words);
  }

  private static HostileFile incomplete(String file, Maker maker, String... words) {
    List<String> all = new ArrayList<>(List.of("KIT-1003", "copy it again"));
    all.addAll(List.of(words));
    return rejected(file, maker, all.toArray(String[]::new));
  }

  private static byte[] whole() {
    return ConnectorJar.of("whole", "1.0.0").bytes();
  }

  /** One entry, and nothing that a tool would add. */
  static byte[] archive(String name, byte[] content) {
    try {
      return bytes(zip -> {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Maker zip(Entries entries) {
    return file -> Files.write(file, bytes(entries));
  }

  private static byte[] bytes(Entries entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_SPEED);
      entries.to(zip);
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(name.getBytes(StandardCharsets.UTF_8));
  }

  private static void zeros(ZipOutputStream zip, String name, int mib) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    byte[] zeros = new byte[MIB];
    for (int i = 0; i < mib; i++) {
      zip.write(zeros);
    }
  }

  private static void manyZeros(ZipOutputStream zip) throws IOException {
    for (int i = 0; i < 200; i++) {
      zeros(zip, "zeros-" + i, 1);
    }
  }

  private static void nestedBomb(Path file) throws IOException {
    ConnectorJar.of("inside", "1.0.0").header("Bundle-ClassPath", ".,lib.jar").entry("lib.jar", bytes(zip -> zeros(zip, "zeros", 300)))
        .writeTo(file);
  }

  private static void crowd(ZipOutputStream zip) throws IOException {
    for (int i = 0; i <= 100_000; i++) {
      zip.putNextEntry(new ZipEntry(Integer.toString(i, Character.MAX_RADIX)));
    }
  }

  /** One byte is another one than when it was packed. */
  private static void otherContent(Path file) throws IOException {
    byte[] content = "what was packed".getBytes(StandardCharsets.UTF_8);
    byte[] jar = bytes(zip -> {
      ZipEntry entry = new ZipEntry("stored");
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(content);
    });
    Files.write(file, replaced(jar, "was packed", "is unpacked"));
  }

  private static void sameNameTwice(Path file) throws IOException {
    byte[] jar = bytes(zip -> {
      entry(zip, "this.class");
      entry(zip, "that.class");
    });
    Files.write(file, replaced(jar, "that.class", "this.class"));
  }

  private static byte[] replaced(byte[] bytes, String what, String by) {
    return new String(bytes, StandardCharsets.ISO_8859_1).replace(what, by.substring(0, what.length())).getBytes(StandardCharsets.ISO_8859_1);
  }
}
