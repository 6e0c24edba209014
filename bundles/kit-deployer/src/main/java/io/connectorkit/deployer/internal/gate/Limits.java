package io.connectorkit.deployer.internal.gate;

/**
 * How much a jar may unpack to. The sizes in its headers are never believed: reading stops at the limit.
 *
 * @param entries number of entries
 * @param entryBytes of one entry, unpacked
 * @param allBytes of all entries, unpacked
 * @param ratio unpacked to packed, over the whole file
 * @param freeBytes up to which the ratio is not looked at: small texts are packed well and do no harm
 */
record Limits(int entries, long entryBytes, long allBytes, int ratio, long freeBytes) {

  private static final long MIB = 1 << 20;

  static final Limits DEFAULT = new Limits(100_000, 512 * MIB, 2048 * MIB, 100, 16 * MIB);

  /** What is left of them after a jar, for those that are inside it. */
  Limits after(JarContents contents) {
    return new Limits(entries - contents.names().size(), entryBytes, allBytes - contents.unpacked(), ratio, freeBytes);
  }

  long allBytes(long packed) {
    return Math.min(allBytes, Math.max(freeBytes, packed * ratio));
  }
}
