package io.connectorkit.connector.keboola;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.ConnectorException.Kind;
import io.connectorkit.api.HttpCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An export on the disk.
 *
 * @param files without headers, in the order of the export
 * @param rows in all of them
 * @param longest bytes of a row
 */
record Download(List<Path> files, long rows, long longest) {

  private static final int SIDE_BY_SIDE = 4;
  private static final Pattern DIGITS = Pattern.compile("(\\d+)|\\D+");

  /**
   * Fetches all slices.
   *
   * @param results of the job that made the export
   */
  static Download of(StorageApi api, ConnectorContext context, Map<String, Object> results, List<String> columns) {
    String id = results.get("file") instanceof Map<?, ?> file ? String.valueOf(file.get("id")) : StorageApi.text(results, "fileId");
    Listing listing = Listing.of(api, id);
    Fetching fetching = new Fetching(api, context, id, columns, listing.slices().size(), new AtomicReference<>(listing));
    Download all = fetching.all();
    if (results.get("totalRowsCount") instanceof Number total && total.longValue() != all.rows()) {
      throw ConnectorException.transientFailure("the export has " + all.rows() + " rows where Keboola says " + total + "; run again", null, null);
    }
    return all;
  }

  /** By the numbers in their paths: the list has them in any order. */
  static List<String> slices(Object manifest) {
    List<?> entries = StorageApi.list(StorageApi.object(manifest, "the list of slices").get("entries"), "the list of slices");
    return entries.stream().map(entry -> StorageApi.text(StorageApi.object(entry, "the list of slices"), "url"))
        .sorted(Comparator.comparing(Download::sortable)).toList();
  }

  private static String sortable(String url) {
    return DIGITS.matcher(url.replaceFirst("\\?.*", "")).results()
        .map(part -> part.group(1) == null ? part.group() : "0".repeat(Math.max(0, 20 - part.group().length())) + part.group()).collect(Collectors.joining());
  }

  /** A file and where its slices are, with credentials that end after an hour or so. */
  private record Listing(StorageFile file, List<String> slices) {

    static Listing of(StorageApi api, String id) {
      StorageFile file = api.file(id);
      return new Listing(file, file.sliced() ? Download.slices(api.get(file.whole()).json()) : List.of(""));
    }

    HttpCall get(StorageApi api, int slice) {
      return api.get(file.sliced() ? file.slice(slices.get(slice)) : file.whole());
    }
  }

  /** Several slices side by side. */
  private record Fetching(StorageApi api, ConnectorContext context, String id, List<String> columns, int count, AtomicReference<Listing> listing) {

    Download all() {
      AtomicInteger next = new AtomicInteger();
      AtomicInteger done = new AtomicInteger();
      SliceCopy[] copies = new SliceCopy[count];
      Path folder = context.scratch();
      List<Future<?>> workers = new ArrayList<>();
      for (int worker = 0; worker < Math.min(SIDE_BY_SIDE, count); worker++) {
        workers.add(context.executor().submit(() -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            copies[i] = copy(i, folder.resolve(i + ".csv"));
            context.progress(done.incrementAndGet(), count);
          }
        }));
      }
      workers.forEach(worker -> ended(worker, next));
      List<Path> files = new ArrayList<>();
      long rows = 0;
      long longest = 0;
      for (int i = 0; i < copies.length; i++) {
        if (copies[i].records() > 0) {
          files.add(folder.resolve(i + ".csv"));
        }
        rows += copies[i].records();
        longest = Math.max(longest, copies[i].longest());
      }
      return new Download(files, rows, longest);
    }

    private SliceCopy copy(int slice, Path target) {
      SliceCopy copy = new SliceCopy(columns);
      Listing known = listing.get();
      try {
        return read(known.get(api, slice), copy, target);
      } catch (ConnectorException e) {
        if (e.kind() != Kind.AUTHENTICATION) {
          throw e;
        }
      }
      // Others are given for the asking.
      listing.compareAndSet(known, Listing.of(api, id));
      try {
        return read(listing.get().get(api, slice), copy, target);
      } catch (ConnectorException e) {
        // It is not the token that is refused here, so the other tables may be had.
        throw e.kind() == Kind.AUTHENTICATION ? ConnectorException.permanent(e.getMessage(), e) : e;
      }
    }

    private SliceCopy read(HttpCall call, SliceCopy copy, Path target) {
      return call.read(body -> {
        context.cancellation().check();
        copy.copy(body, target);
        return copy;
      });
    }

    private static void ended(Future<?> worker, AtomicInteger next) {
      try {
        worker.get();
      } catch (ExecutionException e) {
        next.set(Integer.MAX_VALUE / 2);
        throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("cancelled by the host");
      }
    }
  }
}
