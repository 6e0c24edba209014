package io.connectorkit.runtime.internal.analytics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Tells a file from the one that is renamed over it.
 *
 * @param key of the file system; null where it has none
 */
record FileStamp(FileTime modified, Object key) {

  /** That of no file. */
  static final FileStamp NONE = new FileStamp(FileTime.fromMillis(0), null);

  static FileStamp of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileStamp(attributes.lastModifiedTime(), attributes.fileKey());
  }
}
