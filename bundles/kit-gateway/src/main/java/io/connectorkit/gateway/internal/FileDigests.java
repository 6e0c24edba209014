package io.connectorkit.gateway.internal;

import io.connectorkit.host.KitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SHA-256 of data files, which do not change under their names: each is read once, when somebody asks for it first, and what was found is
 * kept over restarts.
 */
final class FileDigests {

  private static final Logger LOG = LoggerFactory.getLogger(FileDigests.class);

  /** What was found of a file of that size and age. */
  record Known(long bytes, long modified, String sha256) {}

  private final Path store;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean();

  FileDigests(Path store) {
    this.store = store;
    try {
      if (Files.isRegularFile(store)) {
        known.putAll(Reply.json().readValue(Files.readAllBytes(store), Reply.json().getTypeFactory().constructMapType(Map.class, String.class, Known.class)));
      }
    } catch (IOException e) {
      LOG.debug("digests are found anew", e);
    }
  }

  /** The digest of a file's content, in hex. */
  String of(Path file) {
    try {
      long bytes = Files.size(file);
      long modified = Files.getLastModifiedTime(file).toMillis();
      Known found = known.get(file.toString());
      if (found == null || found.bytes() != bytes || found.modified() != modified) {
        found = new Known(bytes, modified, read(file));
        known.put(file.toString(), found);
        changed.set(true);
      }
      return found.sha256();
    } catch (IOException e) {
      throw new KitException("KIT-6004", "'" + file.getFileName() + "' is gone: a run has replaced it; ask for the manifest again", e);
    }
  }

  /** Forgets all other files, and keeps the rest. */
  synchronized void keep(Collection<Path> files) {
    boolean gone = known.keySet().retainAll(files.stream().map(Path::toString).toList());
    if (changed.getAndSet(false) || gone) {
      save();
    }
  }

  private void save() {
    try {
      Files.write(store, Reply.json().writeValueAsBytes(known));
    } catch (IOException e) {
      LOG.debug("digests are not kept", e);
    }
  }

  private static String read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
