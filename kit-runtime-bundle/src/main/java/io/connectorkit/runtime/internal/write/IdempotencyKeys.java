package io.connectorkit.runtime.internal.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.arrow.memory.util.hash.MurmurHasher;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Names the batches of a write: by its id, the first row's number and a digest of what is to be done with which values. A write that is
 * repeated under the same id so has the same names for what is the same, and others for what has changed since.
 *
 * @param write its id
 * @param purpose what else a batch depends on: instance, table and mode
 */
record IdempotencyKeys(String write, boolean dryRun, String purpose) {

  private static final int DIGITS = 24;
  /** Arrow's other hasher, and this one without a seed, take an empty text for null. */
  private static final MurmurHasher HASHER = new MurmurHasher(0x5bd1e995);

  String of(long firstRow, VectorSchemaRoot batch) {
    MessageDigest digest = sha256();
    digest.update((purpose + '\n' + batch.getSchema().toJson()).getBytes(StandardCharsets.UTF_8));
    ByteBuffer hashes = ByteBuffer.allocate(batch.getFieldVectors().size() * Integer.BYTES);
    for (int row = 0; row < batch.getRowCount(); row++) {
      hashes.clear();
      for (FieldVector vector : batch.getFieldVectors()) {
        hashes.putInt(vector.hashCode(row, HASHER));
      }
      digest.update(hashes.array());
    }
    return (dryRun ? "dry-" : "") + write + "-" + firstRow + "-" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
