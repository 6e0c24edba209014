package io.connectorkit.connector.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The first line of a file of separated values. Read here and not sniffed by DuckDB, whose sniffer may decide to skip lines, to take '#'
 * for a comment or the first row for a header.
 *
 * @param rowsFollow whether there is anything but line breaks behind it
 */
record CsvHeader(String delimiter, List<String> cells, boolean rowsFollow) {

  private static final Pattern BREAK = Pattern.compile("\\r\\n|\\r|\\n");
  private static final String DELIMITERS = ",;\t|";
  private static final int MAX_LENGTH = 1 << 20;

  static CsvHeader of(Path file, FileOptions options, String usualDelimiter) throws IOException {
    char[] after = new char[1];
    String line = firstLine(file, options, after);
    String delimiter = options.delimiter().orElseGet(() ->
        usualDelimiter.equals(",") ? mostFrequent(line, options.quote()) : usualDelimiter);
    return new CsvHeader(
        delimiter, line.isEmpty() ? List.of() : split(line, delimiter.charAt(0), quote(options)), after[0] != 0);
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

  private static String firstLine(Path file, FileOptions options, char[] after) throws IOException {
    Charset charset = Charset.forName(options.encoding().equals("latin-1") ? "ISO-8859-1" : options.encoding());
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        var reader = new BufferedReader(new InputStreamReader(in, charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)))) {
      StringBuilder line = new StringBuilder();
      char quote = quote(options);
      boolean quoted = false;
      boolean marked = false;
      for (int c; (c = reader.read()) >= 0;) {
        if (!quoted && (c == '\n' || c == '\r')) {
          after[0] = checkedLineEnd(reader, c, line, marked);
          break;
        }
        quoted ^= c == quote && (quoted || mayOpen(line, quote, options));
        if (c == '\uFEFF' && line.length() == 0) {
          marked = true;
        } else {
          line.append((char) c);
        }
        if (line.length() > MAX_LENGTH) {
          throw new IOException("the first line does not end within " + MAX_LENGTH + " characters");
        }
      }
      return line.toString();
    }
  }

  /** A quote in the middle of a cell is text; right behind another one it is the second of a pair. */
  private static boolean mayOpen(CharSequence line, char quote, FileOptions options) {
    char last = line.length() == 0 ? quote : line.charAt(line.length() - 1);
    return last == quote || options.delimiter().orElse(DELIMITERS).indexOf(last) >= 0;
  }

  /**
   * DuckDB takes the first line break for what ends all lines, also one inside quotes, and may then find no rows at all; behind a byte
   * order mark it does not see that the line is quoted.
   *
   * @return the first character behind the line end and further line breaks; 0 at the end of the file
   */
  private static char checkedLineEnd(Reader reader, int first, CharSequence line, boolean marked) throws IOException {
    int next = reader.read();
    String end = first == '\r' && next == '\n' ? "\r\n" : String.valueOf((char) first);
    if (BREAK.matcher(line).results().anyMatch(inside -> marked || !inside.group().equals(end))) {
      throw new IOException(
          "it has a line break inside quotes that is not the one at the ends of lines, or stands behind a byte order mark");
    }
    while (next == '\n' || next == '\r') {
      next = reader.read();
    }
    return next < 0 ? 0 : (char) next;
  }

  /** U+0000 where there is no quote: it cannot stand in a line of text. */
  private static char quote(FileOptions options) {
    return options.quote().isEmpty() ? '\0' : options.quote().charAt(0);
  }

  private static String mostFrequent(String line, String quote) {
    String best = ",";
    int most = 0;
    for (String candidate : DELIMITERS.split("")) {
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
