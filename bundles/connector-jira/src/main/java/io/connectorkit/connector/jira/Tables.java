package io.connectorkit.connector.jira;

import static io.connectorkit.api.Capability.READ;
import static io.connectorkit.api.Capability.STREAM;
import static io.connectorkit.api.Types.bool;
import static io.connectorkit.api.Types.int64;
import static io.connectorkit.api.Types.text;

import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Settings;
import io.connectorkit.api.TableInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tables of an instance, and the fields of Jira that they are made of. */
final class Tables {

  private final Settings settings;
  private final Map<String, Columns> columns;

  Tables(Settings settings) {
    this.settings = settings;
    this.columns = Map.of("issues", issues(settings), "comments", comments(), "attachments", attachments(), "changelog", changelog(),
        "issuelinks", issueLinks(), "remote_links", remoteLinks(), "organizations", organizations(settings));
  }

  /** What there is to discover. */
  List<TableInfo> all() {
    Stream<TableInfo.Builder> ofIssues = Stream.of(
        table("issues", "issue_id").incrementalOn("updated_at").partitionedBy("created_at"),
        table("comments", "comment_id").partitionedBy("created_at"),
        table("attachments", "attachment_id").partitionedBy("created_at"),
        // Without a key: an entry may name the same field twice.
        table("changelog").partitionedBy("changed_at"),
        table("issuelinks", "issue_key", "link_id"),
        table("remote_links", "remote_link_id")).map(table -> table.can(Set.of(READ, STREAM)));
    Stream<TableInfo.Builder> others = settings.flag("service_management") ? Stream.of(table("organizations", "org_id")) : Stream.of();
    return Stream.concat(ofIssues, others).map(TableInfo.Builder::build).toList();
  }

  private TableInfo.Builder table(String name, String... key) {
    return columns.get(name).table(name, key);
  }

  /** Refuses what is no table of Jira. */
  void require(TableInfo table) {
    if (!columns.containsKey(table.sourceId())) {
      throw ConnectorException.permanent("Jira has no table '" + table.sourceId() + "'; there are " + new TreeSet<>(columns.keySet()), null);
    }
  }

  /** The row of a JSON object, with values that do not stand in it. */
  Map<String, Object> row(String table, Object json, Map<String, ?> given) {
    return columns.get(table).row(json, given);
  }

  /** The fields that are needed of an issue. */
  List<String> fields() {
    Set<String> fields = new TreeSet<>();
    columns.get("issues").paths().stream().filter(path -> path.startsWith("fields.")).forEach(path -> fields.add(path.split("\\.")[1]));
    return List.copyOf(fields);
  }

  private static Columns issues(Settings settings) {
    Columns issues = new Columns().texts("issue_key", "key", "issue_id", "id").given("issue_url")
        .texts("summary", "fields.summary").add("description", text(), "fields.description", Adf::text)
        .texts("issue_type", "fields.issuetype.name", "status", "fields.status.name", "status_category", "fields.status.statusCategory.name",
            "priority", "fields.priority.name", "resolution", "fields.resolution.name", "project_key", "fields.project.key",
            "project_name", "fields.project.name", "creator_email", "fields.creator.emailAddress", "creator_name", "fields.creator.displayName",
            "reporter_email", "fields.reporter.emailAddress", "reporter_name", "fields.reporter.displayName",
            "assignee_email", "fields.assignee.emailAddress", "assignee_name", "fields.assignee.displayName")
        .time("created_at", "fields.created").time("updated_at", "fields.updated").time("resolved_at", "fields.resolutiondate")
        .texts("due_date", "fields.duedate").add("labels", text(), "fields.labels", Values::array)
        .add("attachment_count", int64(), "fields.attachment", Values::size).number("comment_count", "fields.comment.total")
        .add("issuelink_count", int64(), "fields.issuelinks", Values::size);
    new CustomFields(settings).addTo(issues);
    issues.given("_synced_at").given("_raw_file");
    CustomFields.further(settings.section("fields"), issues, Values::json, CustomFields::path);
    return issues;
  }

  private static Columns comments() {
    return new Columns().texts("comment_id", "id").given("issue_key").texts("author_email", "author.emailAddress", "author_name", "author.displayName")
        .add("body", text(), "body", Adf::text).time("created_at", "created").time("updated_at", "updated")
        .texts("update_author_email", "updateAuthor.emailAddress").add("public_visibility", bool(), "jsdPublic", Values::flag);
  }

  private static Columns attachments() {
    return new Columns().texts("attachment_id", "id").given("issue_key").texts("filename", "filename").given("local_path").given("hierarchical_path")
        .number("size_bytes", "size").texts("mime_type", "mimeType", "author_email", "author.emailAddress").time("created_at", "created")
        .texts("content_url", "content", "thumbnail_url", "thumbnail");
  }

  private static Columns changelog() {
    return new Columns().texts("change_id", "id").given("issue_key").texts("author_email", "author.emailAddress", "author_name", "author.displayName",
        "field_name", "item.field", "field_type", "item.fieldtype", "from_value", "item.fromString", "to_value", "item.toString")
        .time("changed_at", "created");
  }

  private static Columns issueLinks() {
    return new Columns().given("issue_key").texts("link_id", "id", "link_type", "type.name").given("direction")
        .texts("linked_issue_key", "other.key", "linked_issue_summary", "other.fields.summary", "linked_issue_status", "other.fields.status.name",
            "linked_issue_priority", "other.fields.priority.name");
  }

  private static Columns remoteLinks() {
    return new Columns().given("issue_key").texts("remote_link_id", "id", "url", "object.url", "title", "object.title",
        "application_name", "application.name", "application_type", "application.type");
  }

  private static Columns organizations(Settings settings) {
    Columns organizations = new Columns().texts("org_id", "id", "name", "name").given("_synced_at");
    CustomFields.further(settings.section("organization_details"), organizations, Values::text, (column, detail) -> "details." + column);
    return organizations;
  }
}
