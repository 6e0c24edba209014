package io.connectorkit.connector.jira;

import static io.connectorkit.api.Capability.DISCOVER;
import static io.connectorkit.api.Capability.READ;
import static io.connectorkit.api.Capability.STREAM;
import static org.osgi.service.component.annotations.ConfigurationPolicy.IGNORE;

import io.connectorkit.api.Changes;
import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ConnectorException;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.Event;
import io.connectorkit.api.JointRead;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.ReadsTogether;
import io.connectorkit.api.Streams;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import io.connectorkit.connector.jira.Events.Concerned;
import io.connectorkit.connector.jira.Issues.Known;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/** Issues of Jira Cloud and what belongs to them: one walk over the issues, or an event, feeds all tables. */
@ConnectorBundle(name = "jira", version = "1.0.0", capabilities = {DISCOVER, READ, STREAM})
@Component(configurationPolicy = IGNORE)
public final class JiraConnector implements Discovers, ReadsTogether, Streams {

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return new Tables(context.settings()).all();
  }

  @Override
  public void readTogether(JointRead read) {
    ConnectorContext context = read.context();
    Tables tables = new Tables(context.settings());
    read.requests().stream().map(ReadRequest::table).forEach(tables::require);
    Jira jira = new Jira(context, tables.fields());
    Instant begun = jira.now();
    if (read.wants("organizations")) {
      Organizations.read(read, jira, tables);
    }
    Set<String> wanted = ConcurrentHashMap.newKeySet();
    Issues.TABLES.stream().filter(read::wants).forEach(wanted::add);
    if (!wanted.isEmpty()) {
      String jql = read.watermark().map(from -> Jql.since(context.settings(), (Instant) from.value(), jira.zone()))
          .orElseGet(() -> Jql.all(context.settings()));
      Issues issues = new Issues(jira, tables, wanted, read.watermark().isEmpty());
      Iterator<Known> all = new Ahead<>(jira.search(jql), issues::read, context.executor(), jira.parallel());
      for (long done = 1; all.hasNext(); done++) {
        Known known = all.next();
        read.accept(known.changes());
        known.unknown().forEach(read::giveUp);
        wanted.removeAll(known.unknown().keySet());
        context.progress(done, 0);
      }
    }
    read.endAt(new Watermark(begun));
  }

  @Override
  public Changes changes(ConnectorContext context, List<TableInfo> tables, List<Event> events) {
    Map<String, Concerned> last = new LinkedHashMap<>();
    events.stream().flatMap(Events::concerned).forEach(concerned -> last.put(concerned.name(), concerned));
    Tables all = new Tables(context.settings());
    Jira jira = new Jira(context, all.fields());
    Issues issues = new Issues(jira, all, tables.stream().map(TableInfo::sourceId).collect(Collectors.toSet()), false);
    Changes changes = new Changes();
    new Ahead<>(last.values().iterator(), concerned -> changes(jira, issues, concerned), context.executor(), jira.parallel())
        .forEachRemaining(changes::addAll);
    return changes;
  }

  /** What is there now counts, and not what an event says, as long as Jira answers. An issue that left its project is gone from here. */
  private static Changes changes(Jira jira, Issues issues, Concerned concerned) {
    if (concerned.deleted()) {
      return issues.gone(concerned.id(), concerned.name());
    }
    Optional<Map<String, Object>> now;
    try {
      now = jira.issue(concerned.name());
    } catch (ConnectorException e) {
      if (concerned.issue() == null || !jira.wanted(concerned.issue())) {
        throw e;
      }
      return issues.told(concerned.issue());
    }
    return now.filter(jira::wanted).map(issue -> issues.read(issue).changes()).orElseGet(() -> issues.gone(concerned.id(), concerned.name()));
  }
}
