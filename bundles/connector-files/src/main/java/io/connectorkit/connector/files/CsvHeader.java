package io.connectorkit.connector.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The first line of a file of separated values. Read here and not sniffed by DuckDB, whose sniffer may decide to skip lines, to take '#'
 * for a comment or the first row for a header.
 */
record CsvHeader(String delimiter, List<String> cells) {

  private static final int MAX_LENGTH = 1 << 20;

  static CsvHeader of(Path file, FileOptions options, String usualDelimiter) throws IOException {
    String line = firstLine(file, options);
    String delimiter = options.delimiter().orElseGet(() -> usualDelimiter.equals(",") ? mostFrequent(line, options.quote()) : usualDelimiter);
    return new CsvHeader(delimiter, line.isEmpty() ? List.of() : split(line, delimiter.charAt(0), quote(options)));
  }

  /** Names for the columns: those of the header, made distinct without regard to case; numbered where there is none. */
  List<String> names(boolean header) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    cells.forEach(cell -> taken.add(cell.toLowerCase(Locale.ROOT)));
    Set<String> used = new HashSet<>();
    for (int i = 0; i < cells.size(); i++) {
      String name = header && !cells.get(i).isBlank() ? cells.get(i) : "column_" + (i + 1);
      String distinct = name;
      for (int n = 2; !used.add(distinct.toLowerCase(Locale.ROOT)); n++) {
        while (taken.contains((name + "_" + n).toLowerCase(Locale.ROOT))) {
          n++;
        }
        distinct = name + "_" + n;
      }
      names.add(distinct);
    }
    return names;
  }

  private static String firstLine(Path file, FileOptions options) throws IOException {
    Charset charset = Charset.forName(options.encoding().equals("latin-1") ? "ISO-8859-1" : options.encoding());
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        var reader = new BufferedReader(new InputStreamReader(in, charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)))) {
      StringBuilder line = new StringBuilder();
      char quote = quote(options);
      boolean quoted = false;
      for (int c; (c = reader.read()) >= 0 && (quoted || (c != '\n' && c != '\r'));) {
        quoted ^= c == quote;
        if (c != '\uFEFF' || line.length() > 0) {
          line.append((char) c);
        }
        if (line.length() > MAX_LENGTH) {
          throw new IOException("the first line does not end within " + MAX_LENGTH + " characters");
        }
      }
      return line.toString();
    }
  }

  /** U+0000 where there is no quote: it cannot stand in a line of text. */
  private static char quote(FileOptions options) {
    return options.quote().isEmpty() ? '\0' : options.quote().charAt(0);
  }

  private static String mostFrequent(String line, String quote) {
    String best = ",";
    int most = 0;
    for (String candidate : List.of(",", ";", "\t", "|")) {
      int count = split(line, candidate.charAt(0), quote.isEmpty() ? '\0' : quote.charAt(0)).size();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  private static List<String> split(String line, char delimiter, char quote) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == quote && i + 1 < line.length() && line.charAt(i + 1) == quote) {
        cell.append(c);
        i++;
      } else if (c == quote && (quoted || cell.length() == 0)) {
        quoted = !quoted;
      } else if (c == delimiter && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
