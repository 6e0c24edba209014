package io.connectorkit.gateway.internal;

import io.connectorkit.host.KitException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a file, or the one range of it that is asked for (RFC 9110). */
final class FileDownload {

  static final String MEDIA_TYPE = "application/vnd.apache.parquet";

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private final Path file;
  private final String tag;
  private final String name;

  FileDownload(Path file, String sha256, String name) {
    this.file = file;
    this.tag = '"' + sha256 + '"';
    this.name = name;
  }

  private record Range(long from, long to) {}

  void send(Call call) throws IOException {
    HttpServletResponse response = call.response();
    response.setHeader("ETag", tag);
    response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("Cache-Control", "no-cache");
    if (call.header("If-None-Match").filter(given -> given.equals("*") || given.contains(tag)).isPresent()) {
      response.setStatus(304);
      return;
    }
    long size = Files.size(file);
    Optional<Range> range = call.header("If-Range").map(tag::equals).orElse(true) ? call.header("Range").flatMap(text -> range(text, size)) : Optional.empty();
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    range.ifPresent(part -> {
      response.setStatus(206);
      response.setHeader("Content-Range", "bytes " + part.from() + "-" + part.to() + "/" + size);
    });
    Range part = range.orElse(new Range(0, size - 1));
    response.setContentLengthLong(part.to() - part.from() + 1);
    copy(part, response.getOutputStream());
  }

  /** Several ranges, and what is no range, are answered with the whole file, as the standard allows. */
  private static Optional<Range> range(String text, long size) {
    Matcher matcher = RANGE.matcher(text.strip());
    if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
      return Optional.empty();
    }
    long from = matcher.group(1).isEmpty() ? Math.max(0, size - Long.parseLong(matcher.group(2))) : Long.parseLong(matcher.group(1));
    long to = matcher.group(1).isEmpty() || matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
    if (from > to || from >= size) {
      throw new KitException("KIT-6015", "the range is not within the " + size + " bytes of the file");
    }
    return Optional.of(new Range(from, to));
  }

  private void copy(Range part, OutputStream out) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      stream.skipNBytes(part.from());
      byte[] buffer = new byte[1 << 16];
      for (long left = part.to() - part.from() + 1; left > 0;) {
        int read = stream.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new IOException("the file has become shorter");
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }
}
