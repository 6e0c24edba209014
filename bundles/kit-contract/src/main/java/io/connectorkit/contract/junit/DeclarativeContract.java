package io.connectorkit.contract.junit;

import io.connectorkit.api.Connector;
import io.connectorkit.contract.Limits;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.declarative.DeclarativeConnector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract for a connector without code: the source is a server that makes up what {@code connector.yaml} declares, in pages, behind the
 * secret. A connector's test is as long as this:
 *
 * <pre>{@code
 * class AcmeContractTest extends DeclarativeContract {}
 * }</pre>
 *
 * <p>That the real source is as declared is shown by {@code kit connector test}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DeclarativeContract extends ConnectorContract {

  private static final int TABLES = 5;
  private static final Pattern SETTING = Pattern.compile("\\{([^{}]+)}.*");

  private final ConnectorYaml yaml = read();
  private final DeclaredServer server = new DeclaredServer(yaml, this::settings, this::secrets);

  private URL location() {
    return Objects.requireNonNull(getClass().getResource("/" + Declaration.YAML), Declaration.YAML + " is not there");
  }

  private ConnectorYaml read() {
    try (InputStream stream = location().openStream()) {
      return ConnectorYaml.read(stream, Declaration.YAML);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  final void stopTheServer() {
    server.close();
  }

  @Override
  protected final Connector connector() {
    return new DeclarativeConnector(yaml.source().orElseThrow(() -> new AssertionError(Declaration.YAML + " has no section 'source'")));
  }

  /** Made up where connector.yaml has no default. */
  @Override
  protected Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    yaml.settings().forEach((name, setting) -> {
      if (setting.fallback() != null) {
        settings.put(name, setting.fallback());
      } else if (setting.required()) {
        settings.put(name, DeclaredRows.value(setting, name));
      }
    });
    fakeServerSetting().ifPresent(url -> settings.put(url, server.url()));
    return settings;
  }

  /** Every table is read; the long checks look at a few, as what reads them is the same for all. */
  @Override
  protected Limits limits() {
    Limits gentle = Limits.gentle();
    return new Limits(gentle.rows(), gentle.bytes(), TABLES, gentle.call(), gentle.total());
  }

  /** Made up. */
  @Override
  protected Map<String, String> secrets() {
    Map<String, String> secrets = new HashMap<>();
    yaml.variables().forEach(variable -> secrets.put(variable.name(), "made-up-for-" + variable.name()));
    return secrets;
  }

  /** The setting with which {@code http.base_url} begins. */
  @Override
  protected final Optional<String> fakeServerSetting() {
    Matcher setting = SETTING.matcher(yaml.http().orElseThrow().baseUrl().text());
    if (!setting.matches()) {
      throw new AssertionError("http.base_url must begin with a setting, such as {url}, so that tests can put their own server there");
    }
    return Optional.of(setting.group(1));
  }

  @Override
  protected final Path classes(Class<?> connector) {
    try {
      return Path.of(location().toURI()).getParent().getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
