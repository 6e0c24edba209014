package io.connectorkit.gateway.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectorkit.host.Catalog;
import io.connectorkit.host.Contracts;
import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.Instances;
import io.connectorkit.host.JarCheck;
import io.connectorkit.host.KitException;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import io.connectorkit.host.Shell;
import io.connectorkit.host.States;
import io.connectorkit.host.StoredTable;
import io.connectorkit.host.TableWrites;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/** The resources behind the endpoint. */
@Component(service = ControlApi.class)
public final class ControlApi {

  private static final int MAX_BODY = 1 << 20;

  private final BundleContext context;
  private final Instances instances;
  private final Runs runs;
  private final TableWrites writes;
  private final States states;
  private final Catalog catalog;
  private final DeployFolder folder;
  private final JarCheck jars;
  private final Shell shell;
  private final Tokens tokens;
  private final ComponentServiceObjects<Contracts> contracts;
  private final Instant started = Instant.now();

  @Activate
  public ControlApi(BundleContext context, @Reference Instances instances, @Reference Runs runs, @Reference TableWrites writes,
      @Reference States states, @Reference Catalog catalog, @Reference DeployFolder folder, @Reference JarCheck jars,
      @Reference Shell shell, @Reference Tokens tokens, @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) ComponentServiceObjects<Contracts> contracts) {
    this.context = context;
    this.instances = instances;
    this.runs = runs;
    this.writes = writes;
    this.states = states;
    this.catalog = catalog;
    this.folder = folder;
    this.jars = jars;
    this.shell = shell;
    this.tokens = tokens;
    this.contracts = contracts;
  }

  /**
   * Answers a request.
   *
   * @throws KitException if it is wrong, KIT-6004 if there is no such resource
   */
  void handle(String method, String path, String query, InputStream body, Reply reply) throws IOException {
    String[] parts = Arrays.stream(path.substring(1).split("/")).map(ControlApi::decode).toArray(String[]::new);
    String resource = parts.length < 2 || !parts[0].equals("v1") ? "" : method + " " + parts[1] + (parts.length > 3 ? "/" + parts[3] : "");
    switch (resource) {
      case "GET status" -> reply.value(200, status());
      case "GET connectors" -> reply.value(200, connectors());
      case "GET connectors/tables" -> reply.value(200, instances.discover(name(parts)).stream().map(Views::table).toList());
      case "GET connectors/state" -> reply.value(200, state(name(parts)));
      case "POST connectors/state" -> {
        states.reset(name(parts), texts(json(body), "reset"));
        reply.value(200, state(name(parts)));
      }
      case "GET connectors/leftovers" -> reply.value(200, instances.leftBehind(name(parts)));
      case "POST connectors/test" -> new ContractStream(contracts, reply).run(name(parts), json(body));
      case "POST connectors/forget" -> {
        states.forget(name(parts));
        reply.value(200, Map.of("forgotten", name(parts)));
      }
      case "POST runs" -> RunStream.run(runs, json(body), reply);
      case "POST writes" -> WriteStream.run(writes, json(body), reply);
      case "GET runs" -> reply.value(200, history(query).map(Views::run).toList());
      case "GET tables" -> reply.value(200, catalog.tables().stream().map(Views::stored).toList());
      case "POST query" -> new QueryStream(catalog, reply).run(text(json(body), "sql"));
      case "GET explain" -> reply.value(200, Map.of("name", name(parts), "lines", instances.explain(name(parts))));
      case "GET deployments" -> reply.value(200, folder.files().stream().map(Views::file).toList());
      case "POST verify" -> reply.value(200, verify(text(json(body), "jar")));
      case "POST shell" -> reply.value(200, Map.of("output", shell.run(text(json(body), "line"))));
      case "GET tokens" -> reply.value(200, tokens.list().stream().map(Views::token).toList());
      case "POST tokens" -> {
        JsonNode wanted = json(body);
        reply.value(201, Map.of("token", tokens.create(text(wanted, "name"), Role.of(text(wanted, "role")))));
      }
      case "POST tokens/revoke" -> {
        tokens.revoke(name(parts));
        reply.value(200, Map.of("revoked", name(parts)));
      }
      case "POST stop" -> {
        reply.value(202, Map.of("stopping", true));
        stop();
      }
      default -> throw new KitException("KIT-6004", method + " " + path + " is not there");
    }
  }

  private View.Status status() {
    return new View.Status(ProcessHandle.current().pid(), started.toString(), String.valueOf(context.getProperty("kit.home")),
        context.getProperty("kit.mode"), context.getBundle().getVersion().toString(), Runtime.version().toString(), connectors(), folder.watch(),
        folder.files().stream().map(Views::file).toList());
  }

  private List<View.Instance> connectors() {
    List<StoredTable> tables = catalog.tables();
    List<RunRecord> history = runs.history();
    return instances.list().stream().map(instance -> Views.instance(instance, tables, history, folder.files())).toList();
  }

  /** A jar that is refused is an answer and no failure of the request. */
  private Object verify(String jar) {
    try {
      return Views.jar(jars.check(Path.of(jar)));
    } catch (KitException e) {
      return Map.of("ok", false, "error", e.getMessage());
    }
  }

  private List<View.State> state(String instance) {
    return states.list(instance).stream().map(Views::state).toList();
  }

  private Stream<RunRecord> history(String query) {
    String instance = query != null && query.startsWith("instance=")
        ? URLDecoder.decode(query.substring("instance=".length()), StandardCharsets.UTF_8) : null;
    return runs.history().stream().filter(run -> instance == null || run.instance().equals(instance));
  }

  private void stop() {
    Thread stopper = new Thread(() -> {
      try {
        context.getBundle(0).stop();
      } catch (BundleException e) {
        throw new IllegalStateException(e);
      }
    }, "kit-stop");
    stopper.start();
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new KitException("KIT-6003", "the path is not encoded as URLs are", e);
    }
  }

  private static String name(String[] parts) {
    if (parts.length < 3) {
      throw new KitException("KIT-6003", "a name is missing in the path");
    }
    return parts[2];
  }

  private static JsonNode json(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw new KitException("KIT-6003", "the body is larger than " + MAX_BODY + " bytes");
    }
    try {
      return Reply.json().readTree(bytes);
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new KitException("KIT-6003", "the body is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  static String text(JsonNode json, String key) {
    JsonNode value = json.get(key);
    if (value == null || !value.isTextual()) {
      throw new KitException("KIT-6003", "the body needs a text '" + key + "'");
    }
    return value.textValue();
  }

  private static List<String> texts(JsonNode json, String key) {
    JsonNode values = json.path(key);
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value.textValue()));
    if (!values.isArray() || texts.isEmpty() || texts.contains(null)) {
      throw new KitException("KIT-6003", "the body needs a list '" + key + "' of one text or more");
    }
    return texts;
  }
}
