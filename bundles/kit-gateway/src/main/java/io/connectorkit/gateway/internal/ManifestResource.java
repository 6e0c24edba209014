package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.KitException;
import io.connectorkit.host.TableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What downloaders need: every file of every table with the digest of its content (L11), and the files themselves. */
final class ManifestResource implements Resource {

  /** All tables. */
  record Manifest(String serverTime, List<Table> tables) {}

  /**
   * A table; its {@code hash} changes with its rows. {@code parts} is empty where some rows in the files are deleted: such a table is
   * whole again after compaction, and can be queried all the while.
   */
  record Table(String source, String table, String hash, String run, long rows, long bytes, String extractedAt, boolean whole, List<Part> parts) {}

  /** A Parquet file; {@code url} gives it. */
  record Part(int part, String sha256, long rows, long bytes, String url) {}

  private final Catalog catalog;
  private final FileDigests digests;

  ManifestResource(Catalog catalog, HostPaths paths) {
    this.catalog = catalog;
    this.digests = new FileDigests(paths.data().resolve("digests.json"));
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/manifest", "getManifest", "All tables with their files and the digests of their content").gives(Manifest.class)
            .by(call -> manifest()),
        Route.get("/api/tables/{source}/{table}/download", "downloadTable", "A Parquet file of a table; takes Range, If-Range and If-None-Match")
            .query("part", "integer", "Which file, 1 unless given; for a table of several one must be given").gives(200, FileDownload.MEDIA_TYPE)
            .gives(206, FileDownload.MEDIA_TYPE).by(this::download));
  }

  private Manifest manifest() {
    List<Table> tables = new ArrayList<>();
    List<Path> all = new ArrayList<>();
    for (TableFiles table : catalog.files()) {
      List<Part> parts = new ArrayList<>();
      for (TableFiles.File file : table.whole() ? table.data() : List.<TableFiles.File>of()) {
        all.add(file.path());
        int part = parts.size() + 1;
        parts.add(new Part(part, digests.of(file.path()), file.rows(), file.bytes(),
            "/api/tables/" + table.source() + "/" + table.table() + "/download?part=" + part));
      }
      tables.add(new Table(table.source(), table.table(), parts.size() == 1 ? parts.get(0).sha256() : table.run(), table.run(), table.rows(),
          table.data().stream().mapToLong(TableFiles.File::bytes).sum(), table.extractedAt().toString(), table.whole(), parts));
    }
    digests.keep(all);
    return new Manifest(Instant.now().toString(), tables);
  }

  private Object download(Call call) throws IOException {
    TableFiles table = catalog.files().stream().filter(each -> each.source().equals(call.path("source")) && each.table().equals(call.path("table")))
        .findFirst().orElseThrow(() -> new KitException("KIT-6004", "there is no table '" + call.path("source") + "." + call.path("table") + "'"));
    if (!table.whole() || table.data().isEmpty()) {
      throw new KitException("KIT-6016", "rows in the files of this table are deleted since, so that they cannot be given away; query it, or wait for"
          + " its compaction");
    }
    int count = table.data().size();
    if (count > 1 && call.query("part").isEmpty()) {
      throw new KitException("KIT-6003", "the table has " + count + " files; say which with 'part', from 1 on");
    }
    int part = call.number("part", 1, Math.max(1, count), 1);
    Path file = table.data().get(part - 1).path();
    new FileDownload(file, digests.of(file), table.table() + (count == 1 ? "" : "-" + part) + ".parquet").send(call);
    return null;
  }
}
