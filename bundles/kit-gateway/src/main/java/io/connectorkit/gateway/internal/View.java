package io.connectorkit.gateway.internal;

import java.util.List;

/** The JSON form of what the host knows, key by key: the host's classes may change, this may not. Times are in ISO 8601, in UTC. */
final class View {

  private View() {}

  /** A gateway. */
  record Status(long pid, String started, String home, String mode, String version, String java, List<Instance> connectors, String deployFolder,
      List<File> files) {}

  /** An instance; {@code nextRun} is empty if there is none. */
  record Instance(String instance, String connector, String version, String state, String reason, String remedy, List<String> capabilities,
      String bundle, String file, int tables, long rows, @MayBeNull Run lastRun, String nextRun) {}

  /** A run that has ended. */
  record Run(String run, String instance, String trigger, String connector, String version, String bundle, String jarSha256, String startedAt,
      double seconds, String outcome, String error, long rows, long bytes, List<Outcome> tables) {}

  /** What a run did to a table. */
  record Outcome(String table, String outcome, String mode, long rows, long deleted, long bytes, double seconds, String error, String note,
      String watermarkBefore, String watermarkAfter, List<String> schemaChanges) {}

  /** How far a table has been read. */
  record State(String table, String strategy, String watermarkKind, String watermark, String readAt, String refreshedAt, String resetAt, long rows,
      int dataFiles, int deleteFiles, long bytes, String run, List<String> basis) {}

  /** A table that can be queried. */
  record Stored(String source, String table, long rows, long bytes, String extractedAt, String mode, String description) {}

  /** A file in the deploy folder. */
  record File(String file, String state, String bundle, String version, String sha256, String reason, String note, String since) {}

  /** A jar that would be let in. */
  record Jar(boolean ok, String connector, String version, List<String> capabilities, String bundle, String bundleVersion, List<String> needs,
      String has, String signature, String publisher, long bytes, long unpackedBytes, List<String> packages, List<String> libraries, String sha256,
      List<String> notes) {}

  /** A table as its source tells of it. */
  record Table(String table, String sourceId, String description, List<String> capabilities, List<String> key, List<Column> columns) {}

  /** A column as its source tells of it. */
  record Column(String name, String type, boolean nullable, String description) {}

  /** A token, without what opens the door. */
  record Token(String name, String role, String createdAt) {}
}
