package io.connectorkit.connector.keboola;

import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Split;
import io.connectorkit.api.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rows to export, by the second in which they last changed.
 *
 * @param since from that second on; 0 for the first one ever
 * @param until before that second; 0 for no end
 * @param everything whether all rows are in it, or in one of the windows beside it
 * @param position where the next read goes on: second and number of rows; empty if that is not known
 */
record Window(long since, long until, boolean everything, String position) {

  private static final int MOST = 120;
  private static final Pattern POSITION = Pattern.compile("(\\d{1,12}) (-?\\d{1,18})");
  private static final Pattern SPLIT = Pattern.compile("(\\d{1,12}),(\\d{1,12}),(.*)");

  /** The window of a request. */
  static Window of(ReadRequest request, TableSettings settings, Position now) {
    Matcher split = SPLIT.matcher(request.split().text());
    if (split.matches()) {
      return new Window(Long.parseLong(split.group(1)), Long.parseLong(split.group(2)), true, split.group(3));
    }
    Matcher last = POSITION.matcher(request.watermark().map(Watermark::text).orElse(""));
    // Fewer rows than before: some were deleted, which no export of changes tells.
    if (!last.matches() || !settings.incremental(request.table()) || now.changed().isEmpty() || now.rows() < Long.parseLong(last.group(2))) {
      return new Window(0, 0, true, text(now));
    }
    return new Window(Math.max(1, Long.parseLong(last.group(1)) - settings.overlap().toSeconds()), 0, false, text(now));
  }

  private static String text(Position now) {
    return now.changed().map(Instant::getEpochSecond).map(second -> second + " " + now.rows()).orElse("");
  }

  /**
   * Windows for a first load: together they hold every row once, as of the last change before it. What changes while it goes on is in none of
   * them, and in the next read.
   */
  static List<Split> cut(Position now, int days) {
    if (now.created().isEmpty() || now.changed().isEmpty()) {
      return List.of(Split.WHOLE);
    }
    long first = now.created().get().getEpochSecond();
    long end = now.changed().get().getEpochSecond() + 1;
    long length = Math.max(Duration.ofDays(days).toSeconds(), (end - first) / MOST + 1);
    List<Split> splits = new ArrayList<>();
    for (long since = first; since < end; since += length) {
      long from = since == first ? 0 : since;
      splits.add(new Split(1, from + "," + Math.min(end, since + length) + "," + text(now)));
    }
    return splits.isEmpty() ? List.of(Split.WHOLE) : splits;
  }

  /** Where the next read goes on; null if that is not known, so that it reads everything. */
  Watermark mark() {
    return position.isEmpty() ? null : Watermark.opaque(position);
  }

  /** As parameters of an export. */
  void addTo(Map<String, Object> form) {
    if (since > 0) {
      form.put("changedSince", since);
    }
    if (until > 0) {
      form.put("changedUntil", until);
    }
  }
}
