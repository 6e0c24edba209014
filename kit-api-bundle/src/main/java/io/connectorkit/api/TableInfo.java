package io.connectorkit.api;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table that the source offers. Immutable; no part is null. Made by {@link #table(String)}.
 *
 * @param sourceId the table's name as the source writes it, any characters; unique within a discovery
 * @param viewName the table's name in SQL, see {@link Names#isView}; the host refuses names that collide
 * @param schema Arrow schema of the rows; a field's {@link #DESCRIPTION} metadata is shown to people
 * @param capabilities what can be done with this table: a part of the connector's own set
 * @param primaryKey columns that identify a row, in order; empty if there is no key
 * @param incrementalColumn the column that grows with every change of a row, see {@link Builder#incrementalOn}
 * @param tombstoneColumn the column that marks a deleted row, see {@link Builder#deletedBy}
 * @param partitionColumn the column whose month a row is filed under, see {@link Builder#partitionedBy}
 * @param description for people; may be empty
 */
public record TableInfo(
    String sourceId,
    String viewName,
    Schema schema,
    Set<Capability> capabilities,
    List<String> primaryKey,
    Optional<String> incrementalColumn,
    Optional<String> tombstoneColumn,
    Optional<String> partitionColumn,
    String description) {

  /** Key of the field metadata that holds a column's description. */
  public static final String DESCRIPTION = "description";

  /** Copies the collections. */
  public TableInfo {
    capabilities = Set.copyOf(capabilities);
    primaryKey = List.copyOf(primaryKey);
  }

  /** A table that is not partitioned. */
  public TableInfo(String sourceId, String viewName, Schema schema, Set<Capability> capabilities, List<String> primaryKey,
      Optional<String> incrementalColumn, Optional<String> tombstoneColumn, String description) {
    this(sourceId, viewName, schema, capabilities, primaryKey, incrementalColumn, tombstoneColumn, Optional.empty(), description);
  }

  /**
   * Begins a table with {@link Capability#READ}.
   *
   * @param sourceId the source's own name; the view name is made of it by {@link Names#toView} unless it is one already
   */
  public static Builder table(String sourceId) {
    return new Builder(sourceId);
  }

  /** Collects the parts of a table; for one thread. */
  public static final class Builder {
    private final String sourceId;
    private final List<Field> fields = new ArrayList<>();
    private final List<String> key = new ArrayList<>();
    private Set<Capability> capabilities = EnumSet.of(Capability.READ);
    private String viewName;
    private String incremental;
    private String tombstone;
    private String partition;
    private String description = "";

    private Builder(String sourceId) {
      this.sourceId = sourceId;
      this.viewName = Names.isView(sourceId) ? sourceId.toLowerCase(Locale.ROOT) : Names.toView(sourceId);
    }

    /** Name in SQL. */
    public Builder as(String name) {
      viewName = name;
      return this;
    }

    /** Text for people. */
    public Builder describedAs(String text) {
      description = text;
      return this;
    }

    /** Capabilities instead of {@link Capability#READ} alone. */
    public Builder can(Set<Capability> set) {
      capabilities = set;
      return this;
    }

    /** Primary key; these columns are never null. */
    public Builder key(String... columns) {
      key.addAll(List.of(columns));
      return this;
    }

    /**
     * Names the column by which the table is read in increments: an integer, decimal, date or timestamp that is set anew whenever a row is
     * inserted or changes. Whoever declares one promises to deliver, when {@link ReadRequest#watermark()} is present, the rows at or above
     * it. Rows whose value is null are found by full reads only.
     */
    public Builder incrementalOn(String column) {
      incremental = column;
      return this;
    }

    /**
     * Names the column that marks a row as deleted at the source (a tombstone): a boolean that is true, or any other type that is not null.
     * Such rows take the row with the same key away and are not published.
     */
    public Builder deletedBy(String column) {
      tombstone = column;
      return this;
    }

    /**
     * Names the date or timestamp by whose month, in UTC, the files of the table are cut, so that a change touches the files of its month
     * only. It must never change for a row, as the time of its creation does not; rows without it go into a file of their own.
     */
    public Builder partitionedBy(String column) {
      partition = column;
      return this;
    }

    /** Adds a column; nullable unless it belongs to the key. */
    public Builder column(String name, ArrowType type) {
      return column(name, type, "");
    }

    /** Adds a column with a description. */
    public Builder column(String name, ArrowType type, String text) {
      Map<String, String> metadata = text.isEmpty() ? Map.of() : Map.of(DESCRIPTION, text);
      return column(new Field(name, new FieldType(!key.contains(name), type, null, metadata), null));
    }

    /** Adds a column as an Arrow field, for nested and unusual types. */
    public Builder column(Field field) {
      fields.add(field);
      return this;
    }

    /** Adds all columns of a schema. */
    public Builder columns(Schema schema) {
      fields.addAll(schema.getFields());
      return this;
    }

    /**
     * The table.
     *
     * @throws IllegalArgumentException if a column stands twice, one that is named otherwise is absent, or tombstones lack a key
     */
    public TableInfo build() {
      Set<String> names = new HashSet<>();
      for (Field field : fields) {
        if (!names.add(field.getName())) {
          throw new IllegalArgumentException("table '" + sourceId + "': column '" + field.getName() + "' stands twice");
        }
      }
      Set<String> absent = new LinkedHashSet<>(key);
      absent.removeAll(names);
      if (!absent.isEmpty()) {
        throw new IllegalArgumentException("table '" + sourceId + "': key columns " + absent + " are not among its columns " + names);
      }
      named("incremental column", incremental, names);
      named("tombstone column", tombstone, names);
      named("partition column", partition, names);
      if (tombstone != null && key.isEmpty()) {
        throw new IllegalArgumentException("table '" + sourceId + "': deleted rows are found by a key, and there is none");
      }
      return new TableInfo(sourceId, viewName, new Schema(fields), capabilities, key, Optional.ofNullable(incremental),
          Optional.ofNullable(tombstone), Optional.ofNullable(partition), description);
    }

    private void named(String what, String column, Set<String> names) {
      if (column != null && !names.contains(column)) {
        throw new IllegalArgumentException("table '" + sourceId + "': " + what + " '" + column + "' is not among its columns " + names);
      }
    }
  }
}
